using CatGan.Abstractions.Grains;
using Orleans.Concurrency;
using Orleans.Placement;

namespace CatGan.Grains.Pool;

/// <summary>
/// A slot's mailbox. It sits in the worker's own silo, which asks it first, and stays: a run of hours is not idle.
/// </summary>
[Reentrant, KeepAlive, PreferLocalPlacement]
internal sealed class GpuWorkerGrain(GrainsTiming timing) : Grain, IGpuWorkerGrain
{
    private Assignment? _assignment;
    private TaskCompletionSource<Assignment?>? _waiting;

    private IDevicePoolGrain Pool => field ??= GrainFactory.GetGrain<IDevicePoolGrain>(0);

    public Task<bool> Assign(Assignment assignment)
    {
        if (_assignment is { } busy && busy.Id != assignment.Id)
            return Task.FromResult(false);
        _assignment = assignment;
        _waiting?.TrySetResult(assignment);
        return Task.FromResult(true);
    }

    public async Task<Assignment?> Pull(CancellationToken cancellationToken)
    {
        if (_assignment is not null)
            return _assignment;
        _waiting?.TrySetResult(null);
        TaskCompletionSource<Assignment?> waiting = _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource enough = new(timing.PullFor, timing.Time);
        using CancellationTokenRegistration timeout = enough.Token.Register(() => waiting.TrySetResult(null));
        using CancellationTokenRegistration cancel = cancellationToken.Register(() => waiting.TrySetResult(null));
        await waiting.Task;
        return _assignment;
    }

    public Task Complete(Guid assignment, SlotBreaker? breaker)
    {
        if (_assignment?.Id == assignment)
            _assignment = null;
        return Pool.Freed(this.GetPrimaryKeyString(), assignment, breaker);
    }
}
