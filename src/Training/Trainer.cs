using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using CatGan.Training.Checkpoints;
using CatGan.Training.Evaluation;
using CatGan.Training.Metrics;
using CatGan.Training.Steps;
using CatGan.Training.Telemetry;
using CatGan.Training.TensorBoard;
using TorchSharp;

namespace CatGan.Training;

/// <summary>
/// Trains one experiment on one device. Construction, <see cref="Restore"/>, <see cref="Run"/> and disposal happen on
/// one dedicated thread: torch's thread count, gradient mode and dispose scopes belong to it.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainingJob _job;
    private readonly PictureSet _data;
    private readonly TrainingDevice _device;
    private readonly TimeProvider _time;
    private readonly Func<IEvaluator> _evaluator;
    private readonly TrainingMeters? _meters;
    private TrainingSession? _session;
    private bool _restored;
    private bool _exhausted;

    /// <summary>A fresh experiment: weights drawn from its seed.</summary>
    /// <param name="job">What to train, how long, and from which seed.</param>
    /// <param name="data">The pictures, of the options' size; stays the caller's.</param>
    /// <param name="device">Where.</param>
    /// <param name="time">The clock for training time and speed.</param>
    /// <param name="realSides">What scores of this process's experiments share; null works it out for this one alone.</param>
    /// <param name="meters">Hears of images, losses and times at each report; null for nobody.</param>
    /// <exception cref="ArgumentException">The pictures are of another size than the options.</exception>
    public Trainer(TrainingJob job, PictureSet data, TrainingDevice device, TimeProvider time, RealSides? realSides = null, TrainingMeters? meters = null)
        : this(job, data, device, time, () => Evaluators.Create(data, device, realSides), meters)
    {
    }

    internal Trainer(TrainingJob job, PictureSet data, TrainingDevice device, TimeProvider time, Func<IEvaluator> evaluator, TrainingMeters? meters = null)
    {
        if (data.Size != job.Options.Size)
            throw new ArgumentException($"The pictures of {data.Name} have size {data.Size}, but the experiment's size is {job.Options.Size}.", nameof(data));
        (_job, _data, _device, _time, _evaluator, _meters) = (job, data, device, time, evaluator, meters);
    }

    /// <summary>Goes on from a checkpoint instead; before <see cref="Run"/>.</summary>
    /// <param name="checkpointPath">A local file as <see cref="CheckpointSnapshot.WriteAsync"/> wrote it.</param>
    /// <exception cref="InvalidCheckpointException">It is torn, of another kind, or of another experiment. The trainer is then as fresh as before.</exception>
    public void Restore(string checkpointPath)
    {
        using CheckpointFile file = CheckpointFile.Open(checkpointPath);
        torch.set_num_threads(_device.Threads);
        _session?.Dispose();
        _session = null;
        try
        {
            _session = Restored(file);
            _restored = true;
        }
        catch (Exception e) when (MemoryExhaustion.Is(e))
        {
            _exhausted = true; // an outcome, which Run gives
        }
    }

    /// <summary>Trains until the end, or until the observer asks to leave. Faults of data, code or machine are exceptions.</summary>
    public TrainingResult Run(ITrainingObserver observer)
    {
        torch.set_num_threads(_device.Threads);
        try
        {
            return _exhausted ? OutOfMemory() : Train(observer);
        }
        catch (Exception e) when (MemoryExhaustion.Is(e))
        {
            return OutOfMemory();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session?.Dispose();

    // The wait for pictures is measured only where somebody hears of it.
    private TimeProvider? DataTime => _meters is null ? null : _time;

    private TrainingSession Restored(CheckpointFile file)
    {
        TrainingSession session = new(_job, _data, torch.device(_device.Torch), DataTime);
        try
        {
            file.RestoreInto(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private TrainingResult OutOfMemory()
    {
        Progress progress = _session?.Progress ?? new Progress();
        return new TrainingResult(
            TrainingEnd.Finished, Outcome.OutOfMemory, MemoryExhaustion.Advice(_job.Options, _device), progress.Images, progress.Updates, progress.Last);
    }

    private TrainingResult Train(ITrainingObserver observer)
    {
        if (_session is null)
        {
            _session = new TrainingSession(_job, _data, torch.device(_device.Torch), DataTime);
            _session.Initialize();
        }
        if (_job is { Plan.TensorBoard: true, EventFolder: { } folder })
            observer = new TensorBoardObserver(observer, folder);
        using Reporter reporter = new(_session, _evaluator(), _time);
        RunTelemetry telemetry = new(_session, _meters, _time);
        return new TrainingRun(_session, reporter, observer, telemetry, _time).Go(fresh: !_restored);
    }
}
