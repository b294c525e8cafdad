using CatGan.Abstractions.Experiments;
using CatGan.Training;

namespace CatGan.Bench;

/// <summary>Takes everything as a silo's would, and does with it only what is asked for.</summary>
internal sealed class QuietObserver(Action<CheckpointSnapshot>? checkpoint = null) : ITrainingObserver
{
    /// <summary>Reports heard.</summary>
    public int Reports { get; private set; }

    public TrainingCommand NextCommand() => TrainingCommand.Continue;

    public void OnReport(CurvePoint point) => Reports++;

    public void OnSamples(long images, ReadOnlyMemory<byte> png)
    {
    }

    public void OnCheckpoint(CheckpointSnapshot snapshot, bool rung)
    {
        if (checkpoint is not null && !rung)
            checkpoint(snapshot);
        else
            snapshot.Dispose();
    }
}
