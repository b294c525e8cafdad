using CatGan.Abstractions.Experiments;

namespace CatGan.Training.TensorBoard;

/// <summary>Hands everything on to the observer, and reports to a TensorBoard event file as well.</summary>
internal sealed class TensorBoardObserver(ITrainingObserver observer, string folder) : ITrainingObserver
{
    private readonly TensorBoardLog _log = new(folder);

    public TrainingCommand NextCommand() => observer.NextCommand();

    public void OnReport(CurvePoint point)
    {
        _log.Add(point);
        observer.OnReport(point);
    }

    public void OnSamples(long images, ReadOnlyMemory<byte> png) => observer.OnSamples(images, png);

    public void OnCheckpoint(CheckpointSnapshot snapshot, bool rung) => observer.OnCheckpoint(snapshot, rung);
}
