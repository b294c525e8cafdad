using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using CatGan.Storage;
using CatGan.Training.Evaluation;

namespace CatGan.Training.Tests.Runs;

/// <summary>Experiments small enough for tests: 16x16 pictures, hidden 2, batch 4.</summary>
internal sealed class TinyRun : IDisposable
{
    public const int Batch = 4;
    public const int Count = 22; // no multiple of the batch: passes meet inside a batch

    private TinyRun(PictureSet data, DirectoryInfo folder) => (Data, Folder) = (data, folder);

    public PictureSet Data { get; }

    public DirectoryInfo Folder { get; }

    public static async Task<TinyRun> CreateAsync(int count = Count)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("catgan-training-");
        PictureSet data = await PictureSets.OpenAsync(
            BlobStores.Open("file:" + folder.FullName), $"builtin:drawn-cats?count={count}&seed=3", 16, folder.FullName, TestContext.Current.CancellationToken);
        return new TinyRun(data, folder);
    }

    public static ExperimentOptions Options(string preset) => Presets.Find(preset)! with
    {
        Size = 16,
        HiddenG = 2,
        HiddenD = 2,
        Z = 5,
        Batch = Batch,
        NCritic = Presets.Find(preset)!.NCritic == 1 ? 1 : 3,
        Warmup = 0,
        EmaHalfLife = 20,
    };

    public static TrainingPlan Plan(long budget) => new()
    {
        BudgetImages = budget,
        ReportEvery = 24,
        CheckpointEvery = 40,
        SamplesEvery = 48,
        Rungs = [60],
        QuickScore = new ScoreSize(4, 4),
        FullScore = new ScoreSize(8, 4),
    };

    public Trainer Trainer(TrainingJob job, Func<IEvaluator>? evaluator = null) => evaluator is null
        ? new(job, Data, TrainingDevice.Cpu(1), TimeProvider.System)
        : new(job, Data, TrainingDevice.Cpu(1), TimeProvider.System, evaluator);

    public TrainingResult Run(TrainingJob job, ITrainingObserver observer, string? checkpoint = null, Func<IEvaluator>? evaluator = null)
    {
        using Trainer trainer = Trainer(job, evaluator);
        if (checkpoint is not null)
            trainer.Restore(checkpoint);
        return trainer.Run(observer);
    }

    public void Dispose()
    {
        Data.Dispose();
        Folder.Delete(recursive: true);
    }
}
