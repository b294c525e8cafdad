using CatGan.Abstractions.Grains;
using CatGan.Grains.Telemetry;
using CatGan.Search;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CatGan.Grains.Pool;

/// <summary>
/// The one pool: a thin shell that brings grants to workers and losses to experiments. It waits for neither: one silo
/// that does not answer holds up no other.
/// </summary>
[Reentrant, KeepAlive]
internal sealed class DevicePoolGrain(
    GrainsTiming timing, GrainReferences grains, IClusterMembershipService membership, GrainsMeters meters, SiloGauges gauges, ILogger<DevicePoolGrain> log)
    : Grain, IDevicePoolGrain, IDisposable
{
    private readonly DevicePool _pool = new(timing) { OnGranted = meters.Granted };
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        gauges.Queue = QueueLength;
        WatchAsync(_stopping.Token).Ignore();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (gauges.Queue == QueueLength)
            gauges.Queue = null;
        await _stopping.CancelAsync();
        _open.TrySetCanceled(CancellationToken.None);
    }

    public void Dispose() => _stopping.Dispose();

    public Task Request(SlotRequest request)
    {
        _pool.Request(request);
        Grant();
        return Task.CompletedTask;
    }

    public Task<Holding> Withdraw(string sweep, int experiment) => Task.FromResult(_pool.Withdraw(sweep, experiment));

    public Task<BeatAnswer> Beat(WorkerBeat beat)
    {
        BeatAnswer answer = new([.. _pool.Beat(beat)]);
        Grant();
        return Task.FromResult(answer);
    }

    public Task Freed(string slot, Guid assignment, SlotBreaker? breaker)
    {
        _pool.Free(slot, assignment, breaker);
        Grant();
        return Task.CompletedTask;
    }

    public Task Leave(string silo)
    {
        _pool.Leave(silo);
        return Task.CompletedTask;
    }

    public async Task<int> GetCapacity(CancellationToken cancellationToken)
    {
        await _open.Task.WaitAsync(cancellationToken);
        return _pool.Capacity;
    }

    public Task<PoolView> GetPool(CancellationToken cancellationToken) => Task.FromResult(_pool.View());

    private int QueueLength() => _pool.Waiting;

    private void Grant()
    {
        if (!_pool.Open)
            _pool.Expect(membership.CurrentSnapshot.Members.Values.Where(m => Lives(m.Status)).Select(m => m.SiloAddress.ToParsableString()));
        if (_pool.Open)
            _open.TrySetResult();
        foreach (Assignment grant in _pool.Grant())
            BringAsync(grant).Ignore();
    }

    private async Task BringAsync(Assignment assignment)
    {
        try
        {
            if (await grains.Slot(assignment.Slot).Assign(assignment))
                return;
            log.LogWarning("Slot {Slot} refused {Sweep}/{Experiment}: it is busy.", assignment.Slot, assignment.Sweep, assignment.Experiment);
            _pool.Refuse(assignment);
            Grant();
        }
        catch (Exception fault)
        {
            // The worker may or may not have it. The lease tells: unclaimed, it is lost after one period.
            log.LogWarning(fault, "Slot {Slot} did not answer when it was given {Sweep}/{Experiment}.", assignment.Slot, assignment.Sweep, assignment.Experiment);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(timing.LookEvery, timing.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            HashSet<string> dead = [.. membership.CurrentSnapshot.Members.Values.Where(m => m.Status == SiloStatus.Dead).Select(m => m.SiloAddress.ToParsableString())];
            foreach (Assignment lost in _pool.Expire(dead.Contains))
            {
                meters.LeaseLost();
                TellAsync(lost).Ignore();
            }
            Grant();
        }
    }

    private async Task TellAsync(Assignment lost)
    {
        log.LogWarning("Slot {Slot} shows no sign of life; {Sweep}/{Experiment} is taken back.", lost.Slot, lost.Sweep, lost.Experiment);
        try
        {
            await grains.Experiment(lost.Sweep, lost.Experiment)
                .LeaseLost(lost, $"{LossRule.WorkerLost}: {lost.Slot} showed no sign of life for {timing.Lease.TotalSeconds:0} s", CancellationToken.None);
        }
        catch (Exception fault)
        {
            // The sweep asks again for whatever it thinks runs, every few seconds.
            log.LogWarning(fault, "{Sweep}/{Experiment} could not be told that its lease is lost.", lost.Sweep, lost.Experiment);
        }
    }

    private static bool Lives(SiloStatus status) => status is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping;
}
