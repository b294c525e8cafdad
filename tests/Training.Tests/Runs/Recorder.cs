using CatGan.Abstractions.Experiments;

namespace CatGan.Training.Tests.Runs;

/// <summary>An observer that keeps what it hears, and leaves when told to.</summary>
internal sealed class Recorder : ITrainingObserver
{
    private long _asked;

    /// <summary>Command at the discriminator update of this number, counted from 0; null goes on to the end.</summary>
    public long? LeaveAt { get; init; }

    public TrainingCommand Leaving { get; init; } = TrainingCommand.CheckpointAndLeave;

    public List<CurvePoint> Curve { get; } = [];

    public List<long> Samples { get; } = [];

    public List<(long Images, bool Rung, string Path)> Checkpoints { get; } = [];

    /// <summary>Where checkpoints go; null throws them away.</summary>
    public string? Folder { get; init; }

    public TrainingCommand NextCommand() => _asked++ == LeaveAt ? Leaving : TrainingCommand.Continue;

    public void OnReport(CurvePoint point) => Curve.Add(point);

    public void OnSamples(long images, ReadOnlyMemory<byte> png) => Samples.Add(images);

    public void OnCheckpoint(CheckpointSnapshot snapshot, bool rung)
    {
        using CheckpointSnapshot owned = snapshot;
        string path = Folder is null ? "" : Path.Combine(Folder, $"{Checkpoints.Count}-{snapshot.Images}.safetensors");
        if (Folder is not null)
        {
            using FileStream file = File.Create(path);
            snapshot.WriteAsync(file, CancellationToken.None).GetAwaiter().GetResult();
        }
        Checkpoints.Add((snapshot.Images, rung, path));
    }
}
