using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Watching;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Shows a sweep until nothing of it runs any more, then says how it ended and how to go on.</summary>
internal sealed class SweepFollower(Surroundings surroundings, IClusterDoor door, IBlobStore store, string sweep)
{
    /// <summary>Follows the sweep.</summary>
    /// <param name="cluster">The connection.</param>
    /// <param name="json">Print JSON lines and nothing else.</param>
    /// <param name="pauseOnInterrupt">Ctrl-C pauses the sweep; otherwise it leaves it alone.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> FollowAsync(ICluster cluster, bool json, bool pauseOnInterrupt)
    {
        IWatchView view = ViewChoice.For(surroundings, json);
        StatusStream stream = new(surroundings, door, store, sweep, pauseOnInterrupt, view.Say);
        CancellationToken leave = pauseOnInterrupt ? CancellationToken.None : surroundings.Interrupted;
        SweepStatus last = await view.ShowAsync(stream.ReadAsync(cluster, leave));
        if (stream.PauseIsLate)
            surroundings.Error.WriteLine("some experiments are still writing their checkpoints; the silo goes on with that");
        if (last.Phase is SweepPhase.Paused or SweepPhase.Pausing || stream.Interrupted && last.Phase == SweepPhase.Running)
        {
            surroundings.Error.WriteLine($"paused; go on with: catgan resume {sweep}");
            return stream.Interrupted ? ExitCode.Interrupted : ExitCode.Failed;
        }
        if (StatusStream.OnlyPausedIsLeft(last))
        {
            surroundings.Error.WriteLine($"{last.Paused} experiments are paused, and nothing else is left; let one go on with: catgan resume {sweep}/N");
            return ExitCode.Failed;
        }
        await SweepClosing.WriteAsync(surroundings, store, sweep, json ? surroundings.Error : surroundings.Out);
        return Code(last);
    }

    /// <summary>A sweep that ended is done, unless a person cancelled it or none of its experiments gave a result.</summary>
    public static int Code(SweepStatus status)
    {
        int without = status.Ended.GetValueOrDefault(Outcome.Failed) + status.Ended.GetValueOrDefault(Outcome.OutOfMemory);
        return status.Phase == SweepPhase.Finished && without < status.Total ? ExitCode.Done : ExitCode.Failed;
    }
}
