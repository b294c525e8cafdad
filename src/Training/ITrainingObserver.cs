using CatGan.Abstractions.Experiments;

namespace CatGan.Training;

/// <summary>
/// Hears what a <c>Trainer</c> does, on the training thread. Every call must return at once: hand things on
/// through a channel, never wait for a store or a grain here.
/// </summary>
public interface ITrainingObserver
{
    /// <summary>Asked before every discriminator update: go on, or leave now.</summary>
    TrainingCommand NextCommand();

    /// <summary>A report is due.</summary>
    void OnReport(CurvePoint point);

    /// <summary>A sample grid was drawn: PNG bytes at this many images.</summary>
    void OnSamples(long images, ReadOnlyMemory<byte> png);

    /// <summary>
    /// A checkpoint is due. The snapshot is a copy that training no longer touches; the observer disposes of it.
    /// <paramref name="rung"/> is true where a rung's full score was just reported.
    /// </summary>
    void OnCheckpoint(CheckpointSnapshot snapshot, bool rung);
}

/// <summary>What the observer wants of the training thread.</summary>
public enum TrainingCommand
{
    /// <summary>Go on.</summary>
    Continue,

    /// <summary>Write a checkpoint of this very moment, also between two critic updates, and leave.</summary>
    CheckpointAndLeave,

    /// <summary>Leave at once; what was done since the last checkpoint is dropped.</summary>
    Leave,
}
