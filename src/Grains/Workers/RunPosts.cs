using System.Threading.Channels;
using CatGan.Abstractions.Experiments;
using CatGan.Training;

namespace CatGan.Grains.Workers;

/// <summary>Something a run left for the silo to carry on.</summary>
internal abstract record RunPost;

internal sealed record ReportPost(CurvePoint Point) : RunPost;

internal sealed record SamplesPost(long Images, ReadOnlyMemory<byte> Png) : RunPost;

internal sealed record CheckpointPost(ICheckpointCopy Copy, bool Rung) : RunPost;

/// <summary>
/// The training thread's end of the channel. A checkpoint is a full copy in memory, so that only a few may wait for
/// the store: further ones are left out, except at rungs and when leaving.
/// </summary>
internal sealed class RunPosts(RunControl control) : IRunObserver
{
    private const int MostWaiting = 2;
    private readonly Channel<RunPost> _channel = Channel.CreateUnbounded<RunPost>(new() { SingleReader = true, SingleWriter = true });
    private int _waiting;

    public ChannelReader<RunPost> Reader => _channel.Reader;

    public TrainingCommand NextCommand() => control.Command;

    public void OnReport(CurvePoint point) => Post(new ReportPost(point));

    public void OnSamples(long images, ReadOnlyMemory<byte> png) => Post(new SamplesPost(images, png));

    public void OnCheckpoint(ICheckpointCopy copy, bool rung)
    {
        bool wanted = rung || control.Command != TrainingCommand.Continue;
        if (Interlocked.Increment(ref _waiting) <= MostWaiting || wanted)
        {
            Post(new CheckpointPost(copy, rung));
            return;
        }
        CheckpointDone();
        copy.Dispose();
    }

    /// <summary>A checkpoint has reached the store, or was given up.</summary>
    public void CheckpointDone() => Interlocked.Decrement(ref _waiting);

    public void Complete() => _channel.Writer.TryComplete();

    // The channel is unbounded: it refuses only after the run was given up, when nobody reads any more.
    private void Post(RunPost post)
    {
        if (!_channel.Writer.TryWrite(post) && post is CheckpointPost checkpoint)
            checkpoint.Copy.Dispose();
    }
}
