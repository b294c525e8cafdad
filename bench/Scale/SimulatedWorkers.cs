using CatGan.Abstractions.Grains;

namespace CatGan.Bench.Scale;

/// <summary>A silo's slots without torch: their work, and the sign of life that keeps their leases.</summary>
internal sealed class SimulatedWorkers(IGrainFactory grains, string silo, int slots, SimulatedLoad load, TimeSpan beatEvery) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SimulatedSlot[] _slots =
        [.. Enumerable.Range(0, slots).Select(n => new SimulatedSlot($"{silo}/simulated/{n}", grains, load))];

    private Task _work = Task.CompletedTask;

    /// <summary>Shows itself to the pool, and begins to work.</summary>
    public async Task StartAsync()
    {
        await BeatAsync();
        _work = Task.WhenAll(_slots.Select(s => s.WorkAsync(_stopping.Token)).Append(BeatOnAsync()));
    }

    /// <summary>Fails when a slot failed.</summary>
    public Task Work => _work;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _work;
        }
        catch (OperationCanceledException)
        {
            // The slots that were waiting for work.
        }
        _stopping.Dispose();
    }

    private async Task BeatOnAsync()
    {
        using PeriodicTimer timer = new(beatEvery);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
            await BeatAsync();
    }

    private Task BeatAsync() => grains.GetGrain<IDevicePoolGrain>(0).Beat(new WorkerBeat(silo, [.. _slots.Select(s => s.Claim)]));
}
