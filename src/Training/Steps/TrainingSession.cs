using CatGan.Datasets;
using CatGan.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Steps;

/// <summary>Everything that changes while an experiment trains, and its next step. What a checkpoint holds is here, and nothing else is.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly TrainStep _step;
    private readonly TrainingInputs _inputs;

    public TrainingSession(TrainingJob job, PictureSet data, Device device, TimeProvider? time = null)
    {
        (Job, Data) = (job, data);
        Model = new GanModel(job.Options, device);
        Chance = new Generator((ulong)Seeds.Of(job.Seed, SeedPurpose.Training));
        Batches = new PictureBatches(data, job.Options, device, time);
        Window = new LossWindow(device);
        _step = new TrainStep(Model);
        _inputs = new TrainingInputs(Batches, job.Options, Chance, device);
    }

    public TrainingJob Job { get; }

    public PictureSet Data { get; }

    public GanModel Model { get; }

    /// <summary>The one source of chance of the training, on the CPU.</summary>
    public Generator Chance { get; }

    public PictureBatches Batches { get; }

    /// <summary>Losses since the last report.</summary>
    public LossWindow Window { get; }

    /// <summary>Replaced as a whole by a restore.</summary>
    public Progress Progress { get; set; } = new();

    /// <summary>Weights of a fresh experiment.</summary>
    public void Initialize() => Model.Initialize(Chance);

    /// <summary>One discriminator update, and the generator's where it ends the iteration.</summary>
    public void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        Progress p = Progress;
        bool withGenerator = p.CriticDone + 1 >= Model.Variant.CriticSteps.Before(p.Updates);
        double factor = LearningRate.Factor(Job.Options.LrSchedule, p.Images, Job.Plan.BudgetImages);
        Window.Add(_step.Run(_inputs, withGenerator, Job.Options.LrD * factor, Job.Options.LrG * factor));
        p.Images += Job.Options.Batch;
        p.CriticUpdates++;
        p.CriticDone++;
        if (withGenerator)
            EndIteration(p);
    }

    private void EndIteration(Progress p)
    {
        p.CriticDone = 0;
        p.Updates++;
        MovingAverage.Update(Model.Averaged, Model.Generator, MovingAverage.Keep(Job.Options, p.Images, p.Images - p.ImagesAtUpdate));
        p.ImagesAtUpdate = p.Images;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Dispose();
        Chance.Dispose();
        Batches.Dispose();
        Window.Dispose();
    }
}
