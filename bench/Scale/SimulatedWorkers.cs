using CatGan.Abstractions.Grains;
using CatGan.Grains;

namespace CatGan.Bench.Scale;

/// <summary>A silo's slots without torch: their work, and the sign of life that keeps their leases.</summary>
internal sealed class SimulatedWorkers(IGrainFactory grains, string silo, int slots, SimulatedLoad load, TimeSpan beatEvery) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly GrainReferences _grains = new(grains);
    private SimulatedSlot[] _slots = [];
    private Task _work = Task.CompletedTask;

    /// <summary>Shows itself to the pool, and begins to work.</summary>
    public async Task StartAsync()
    {
        _slots = [.. Enumerable.Range(0, slots).Select(n => new SimulatedSlot($"{silo}/simulated/{n}", _grains, load))];
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

    private Task BeatAsync() => _grains.Pool.Beat(new WorkerBeat(silo, [.. _slots.Select(s => s.Claim)]));
}
