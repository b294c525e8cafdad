using CatGan.Datasets;

namespace CatGan.Training;

/// <summary>
/// Trains one experiment on one device. Construction, <see cref="Restore"/>, <see cref="Run"/> and disposal happen on
/// one dedicated thread: torch's thread count, gradient mode and dispose scopes belong to it.
/// </summary>
public sealed class Trainer : IDisposable
{
    /// <summary>A fresh experiment: weights drawn from its seed.</summary>
    /// <param name="job">What to train, how long, and from which seed.</param>
    /// <param name="data">The pictures, of the options' size; stays the caller's.</param>
    /// <param name="device">Where.</param>
    /// <param name="time">The clock for training time and speed.</param>
    public Trainer(TrainingJob job, PictureSet data, TrainingDevice device, TimeProvider time)
    {
        _ = (job, data, device, time);
    }

    /// <summary>Goes on from a checkpoint instead; before <see cref="Run"/>.</summary>
    /// <param name="checkpointPath">A local file as <see cref="CheckpointSnapshot.WriteAsync"/> wrote it.</param>
    /// <exception cref="InvalidCheckpointException">It is torn, of another kind, or of another experiment.</exception>
    public void Restore(string checkpointPath) => throw new NotSupportedException(checkpointPath);

    /// <summary>Trains until the end, or until the observer asks to leave. Faults of data, code or machine are exceptions.</summary>
    public TrainingResult Run(ITrainingObserver observer) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
