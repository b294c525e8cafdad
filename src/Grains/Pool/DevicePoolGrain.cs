using CatGan.Abstractions.Grains;
using CatGan.Grains.Sweeps;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CatGan.Grains.Pool;

/// <summary>The one pool: a thin shell that brings grants to workers and losses to experiments.</summary>
[Reentrant, KeepAlive]
internal sealed class DevicePoolGrain(GrainsTiming timing, ILogger<DevicePoolGrain> log) : Grain, IDevicePoolGrain, IDisposable
{
    private readonly DevicePool _pool = new(timing);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _granting;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        WatchAsync(_stopping.Token).Ignore();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _open.TrySetCanceled(CancellationToken.None);
    }

    public void Dispose() => _stopping.Dispose();

    public Task Request(string sweep, int experiment)
    {
        _pool.Request(sweep, experiment);
        return GrantAsync();
    }

    public Task<Holding> Withdraw(string sweep, int experiment) => Task.FromResult(_pool.Withdraw(sweep, experiment));

    public async Task<BeatAnswer> Beat(WorkerBeat beat)
    {
        BeatAnswer answer = new([.. _pool.Beat(beat)]);
        await GrantAsync();
        return answer;
    }

    public Task Freed(string slot, Guid assignment)
    {
        _pool.Free(slot, assignment);
        return GrantAsync();
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

    // One call at a time brings grants out; another that comes meanwhile leaves its work to the first.
    private async Task GrantAsync()
    {
        if (_pool.Open)
            _open.TrySetResult();
        if (_granting)
            return;
        _granting = true;
        try
        {
            while (_pool.Grant() is { Count: > 0 } grants)
                await Task.WhenAll(grants.Select(BringAsync));
        }
        finally
        {
            _granting = false;
        }
    }

    private async Task BringAsync(Assignment assignment)
    {
        try
        {
            if (await GrainFactory.GetGrain<IGpuWorkerGrain>(assignment.Slot).Assign(assignment))
                return;
            log.LogWarning("Slot {Slot} refused {Sweep}/{Experiment}: it is busy.", assignment.Slot, assignment.Sweep, assignment.Experiment);
            _pool.Refuse(assignment);
        }
        catch (Exception fault)
        {
            // The worker may or may not have it. The lease tells: unclaimed, it is lost after one period.
            log.LogWarning(fault, "Slot {Slot} did not answer when it was given {Sweep}/{Experiment}.", assignment.Slot, assignment.Sweep, assignment.Experiment);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(timing.BeatEvery, timing.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await Task.WhenAll(_pool.Expire().Select(TellAsync));
            await GrantAsync();
        }
    }

    private async Task TellAsync(Assignment lost)
    {
        log.LogWarning("Slot {Slot} shows no sign of life; {Sweep}/{Experiment} is taken back.", lost.Slot, lost.Sweep, lost.Experiment);
        try
        {
            await GrainFactory.GetGrain<IExperimentGrain>(ExperimentKey.Of(lost.Sweep, lost.Experiment))
                .LeaseLost(lost, $"{LossRule.WorkerLost}: {lost.Slot} showed no sign of life for {timing.Lease.TotalSeconds:0} s", CancellationToken.None);
        }
        catch (Exception fault)
        {
            // The sweep asks again for whatever it thinks runs, every few seconds.
            log.LogWarning(fault, "{Sweep}/{Experiment} could not be told that its lease is lost.", lost.Sweep, lost.Experiment);
        }
    }
}
