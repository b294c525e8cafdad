using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>The list of all sweeps, read once for all who ask within two seconds. Sweeps at work are followed, the others have left a summary.</summary>
internal sealed class SweepCatalog(IBlobStore store, SweepBoard board, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim gate = new(1);
    private readonly SweepFinder finder = new(store, async (id, cancellationToken) => await board.FindAsync(id, cancellationToken) is { } view ? view.Summary : null);
    private Seen? seen;

    /// <summary>All sweeps, the latest first; one that cannot be read comes with the reason.</summary>
    public async Task<IReadOnlyList<FoundSweep>> ListAsync(CancellationToken cancellationToken)
    {
        if (seen is { } known && time.GetElapsedTime(known.At) < MaxAge)
            return known.Sweeps;
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (seen is { } meanwhile && time.GetElapsedTime(meanwhile.At) < MaxAge)
                return meanwhile.Sweeps;
            long at = time.GetTimestamp();
            seen = new(at, await finder.FindAsync(new SweepFilter(), cancellationToken));
            return seen.Sweeps;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The sweeps that a filter takes, the latest first.</summary>
    public async Task<IReadOnlyList<FoundSweep>> FindAsync(SweepFilter filter, CancellationToken cancellationToken) =>
        [.. (await ListAsync(cancellationToken)).Where(f => f.Summary is { } summary ? filter.Takes(summary) : filter.IsEmpty)];

    /// <summary>Lets the next list be read anew.</summary>
    public void Forget() => seen = null;

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private sealed record Seen(long At, IReadOnlyList<FoundSweep> Sweeps);
}
