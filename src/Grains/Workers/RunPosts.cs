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
/// the store: further ones are left out. Those of rungs are not, the sweep counts on them: where too many of them
/// wait, training waits too, which is the only thing that it ever waits for. Pictures are left out when too many wait.
/// </summary>
/// <param name="control">What the silo wants of the run.</param>
/// <param name="log">The attempt's log.</param>
internal sealed class RunPosts(RunControl control, Action<string> log) : IRunObserver
{
    /// <summary>Checkpoints that may wait, unless they are of rungs.</summary>
    public const int MostWaiting = 2;

    /// <summary>Checkpoints that may wait, those of rungs included.</summary>
    public const int MostRungs = 4;

    /// <summary>Pictures that may wait.</summary>
    public const int MostSamples = 16;

    private readonly Channel<RunPost> _channel = Channel.CreateUnbounded<RunPost>(new() { SingleReader = true, SingleWriter = true });
    private readonly Lock _lock = new();
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _checkpoints;
    private int _samples;

    public ChannelReader<RunPost> Reader => _channel.Reader;

    public TrainingCommand NextCommand() => control.Command;

    public void OnReport(CurvePoint point) => Post(new ReportPost(point));

    public void OnSamples(long images, ReadOnlyMemory<byte> png)
    {
        lock (_lock)
        {
            if (_samples >= MostSamples)
            {
                log($"The pictures at {images} images are left out: {MostSamples} others wait for the store.");
                return;
            }
            _samples++;
        }
        Post(new SamplesPost(images, png));
    }

    public void OnCheckpoint(ICheckpointCopy copy, bool rung)
    {
        if (rung)
            WaitForRoom(copy.Images);
        bool wanted = rung || control.Command != TrainingCommand.Continue;
        lock (_lock)
        {
            if (_checkpoints >= MostWaiting && !wanted)
            {
                copy.Dispose();
                return;
            }
            _checkpoints++;
        }
        Post(new CheckpointPost(copy, rung));
    }

    /// <summary>A checkpoint or a picture has reached the store, or was given up.</summary>
    public void Done(RunPost post)
    {
        TaskCompletionSource room;
        lock (_lock)
        {
            if (post is CheckpointPost)
                _checkpoints--;
            else
                _samples--;
            (room, _room) = (_room, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        room.SetResult();
    }

    public void Complete() => _channel.Writer.TryComplete();

    // A run that is to leave waits no longer: its silo may be stopping, and there is one such checkpoint at most.
    private void WaitForRoom(long images)
    {
        bool said = false;
        while (Full() is { } room && control.Command == TrainingCommand.Continue)
        {
            if (!said)
                log($"Training waits at {images} images: {MostRungs} checkpoints wait for the store.");
            said = true;
            Task.WhenAny(room, control.Leaving).GetAwaiter().GetResult();
        }
        if (said)
            log("Training goes on.");
    }

    private Task? Full()
    {
        lock (_lock)
            return _checkpoints >= MostRungs ? _room.Task : null;
    }

    // The channel is unbounded: it refuses only after the run was given up, when nobody reads any more.
    private void Post(RunPost post)
    {
        if (!_channel.Writer.TryWrite(post) && post is CheckpointPost checkpoint)
            checkpoint.Copy.Dispose();
    }
}
