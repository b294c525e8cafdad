using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Watching;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Shows a sweep until nothing of it runs any more, then says how it ended and how to go on.</summary>
/// <param name="surroundings">Where it is shown.</param>
/// <param name="desk">How the sweep is reached.</param>
/// <param name="sweep">Its id.</param>
/// <param name="json">Print JSON lines and nothing else.</param>
internal sealed class SweepFollower(Surroundings surroundings, ISweepDesk desk, string sweep, bool json)
{
    private readonly IWatchView view = ViewChoice.For(surroundings, json);

    /// <summary>Shows the sweep; Ctrl-C leaves it alone.</summary>
    /// <returns>The exit code; null when nobody works on the sweep, so that there is nothing to watch.</returns>
    public async Task<int?> WatchAsync() =>
        await desk.WatchAsync(sweep, view.Say, surroundings.Interrupted) is { } statuses ? await FollowAsync(_ => statuses) : null;

    /// <summary>Shows what a stream tells of the sweep, to its end.</summary>
    /// <param name="follow">Opens the stream; is given what tells a person something besides.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> FollowAsync(Func<Action<string>, IAsyncEnumerable<SweepStatus>> follow) => await EndAsync(await view.ShowAsync(follow(view.Say)), interrupted: false);

    /// <summary>Shows the sweep of a local or clustered silo; Ctrl-C pauses it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> FollowAsync(IClusterDoor door, IBlobStore store, ICluster cluster)
    {
        StatusStream stream = new(surroundings, door, store, sweep, pauseOnInterrupt: true, view.Say);
        SweepStatus last = await view.ShowAsync(stream.ReadAsync(cluster, CancellationToken.None));
        if (stream.PauseIsLate)
            surroundings.Error.WriteLine("some experiments are still writing their checkpoints; the silo goes on with that");
        return await EndAsync(last, stream.Interrupted);
    }

    /// <summary>A sweep that ended is done, unless a person cancelled it or none of its experiments gave a result.</summary>
    public static int Code(SweepStatus status)
    {
        int without = status.Ended.GetValueOrDefault(Outcome.Failed) + status.Ended.GetValueOrDefault(Outcome.OutOfMemory);
        return status.Phase == SweepPhase.Finished && without < status.Total ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task<int> EndAsync(SweepStatus last, bool interrupted)
    {
        if (last.Phase is SweepPhase.Paused or SweepPhase.Pausing || interrupted && last.Phase == SweepPhase.Running)
        {
            surroundings.Error.WriteLine($"paused; go on with: catgan resume {sweep}");
            return interrupted ? ExitCode.Interrupted : ExitCode.Failed;
        }
        if (StatusStream.OnlyPausedIsLeft(last))
        {
            surroundings.Error.WriteLine($"{last.Paused} experiments are paused, and nothing else is left; let one go on with: catgan resume {sweep}/N");
            return ExitCode.Failed;
        }
        await desk.CloseAsync(sweep, json ? surroundings.Error : surroundings.Out);
        return Code(last);
    }
}
