using System.Runtime.CompilerServices;
using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Watching;

/// <summary>
/// Where a sweep stands, again and again until nothing of it runs any more. Rejoins when its silo is lost; when
/// <paramref name="pauseOnInterrupt"/>, Ctrl-C pauses the sweep and the stream goes on until it is paused.
/// </summary>
internal sealed class StatusStream(Surroundings surroundings, IClusterDoor door, IBlobStore store, string sweep, bool pauseOnInterrupt, Action<string> say)
{
    /// <summary>Most experiments that a status lists.</summary>
    public const int Page = 200;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseWithin = TimeSpan.FromSeconds(10);
    private int total;
    private long pausedAt;

    /// <summary>True once Ctrl-C asked the sweep to pause.</summary>
    public bool Interrupted { get; private set; }

    /// <summary>True when the sweep did not pause in time; its silo still writes checkpoints.</summary>
    public bool PauseIsLate { get; private set; }

    /// <summary>The statuses; ends after the one that is <see cref="IsOver"/>.</summary>
    /// <param name="cluster">The connection to begin with.</param>
    /// <param name="leave">Ends the stream without a word to the sweep.</param>
    public async IAsyncEnumerable<SweepStatus> ReadAsync(ICluster cluster, [EnumeratorCancellation] CancellationToken leave)
    {
        ICluster? rejoined = null;
        try
        {
            while (true)
            {
                SweepStatus? status = null;
                if (!await TryAsync(async () => status = await NextAsync((rejoined ?? cluster).Sweep(sweep), leave)))
                {
                    await (rejoined?.DisposeAsync() ?? ValueTask.CompletedTask);
                    rejoined = null;
                    rejoined = await RejoinAsync(leave);
                    continue;
                }
                if (status is null)
                    throw new UserException(ExitCode.NotFound, $"the silo knows no sweep {sweep}", "`catgan list` shows the sweeps of a store");
                total = status.Total;
                yield return status;
                PauseIsLate = Interrupted && !IsOver(status) && surroundings.Time.GetElapsedTime(pausedAt) > PauseWithin;
                if (IsOver(status) || PauseIsLate)
                    yield break;
                await WaitAsync(leave);
            }
        }
        finally
        {
            await (rejoined?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    /// <summary>True when nothing of the sweep runs or will run by itself.</summary>
    public static bool IsOver(SweepStatus status) => status.Phase switch
    {
        SweepPhase.Finished or SweepPhase.Paused => true,
        SweepPhase.Cancelled => status.Running == 0,
        _ => OnlyPausedIsLeft(status),
    };

    /// <summary>True when all that a sweep has left are experiments that a person paused: what a pruner paused goes on or ends where there are slots.</summary>
    public static bool OnlyPausedIsLeft(SweepStatus status) =>
        status.Phase == SweepPhase.Running && status is { Paused: > 0, Running: 0, Waiting: 0, Slots: > 0 };

    private async Task<SweepStatus?> NextAsync(ISweepGrain grain, CancellationToken leave)
    {
        if (pauseOnInterrupt && !Interrupted && surroundings.Interrupted.IsCancellationRequested)
        {
            (Interrupted, pausedAt) = (true, surroundings.Time.GetTimestamp());
            say("pausing: running experiments write a checkpoint (Ctrl-C again leaves at once)");
            await grain.Pause(leave);
        }
        return await grain.GetStatus(new StatusRequest(0, Page, LiveOnly: total > Page), leave);
    }

    private async Task WaitAsync(CancellationToken leave)
    {
        using CancellationTokenSource wake = pauseOnInterrupt && !Interrupted
            ? CancellationTokenSource.CreateLinkedTokenSource(leave, surroundings.Interrupted)
            : CancellationTokenSource.CreateLinkedTokenSource(leave);
        await Task.Delay(Every, surroundings.Time, wake.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        leave.ThrowIfCancellationRequested();
    }

    private async Task<ICluster> RejoinAsync(CancellationToken leave)
    {
        say("the silo does not answer; looking for it");
        long lost = surroundings.Time.GetTimestamp();
        while (surroundings.Time.GetElapsedTime(lost) < door.RejoinWithin && !(Interrupted || surroundings.Interrupted.IsCancellationRequested))
        {
            if (await door.FindAsync(store, leave) is { } cluster)
                return cluster;
            await WaitAsync(leave);
        }
        throw new UserException(
            ExitCode.Unreachable,
            $"the silo that ran {sweep} is gone",
            $"`catgan resume {sweep}` goes on from the last checkpoints");
    }

    /// <summary>False when the silo did not answer; faults of another kind pass through.</summary>
    private static async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception e) when (SiloLoss.Is(e))
        {
            return false;
        }
    }
}
