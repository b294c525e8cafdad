using CatGan.Abstractions;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>
/// Looks sweeps up in a store. A sweep that has ended left its summary, so that its journal need not be replayed; the
/// others are replayed, and those from before there were summaries.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="follow">The summary of a sweep that has not ended, by its id, where somebody follows it; null to replay its journal.</param>
internal sealed class SweepFinder(IBlobStore store, Func<string, CancellationToken, Task<SweepSummary?>>? follow = null)
{
    private const int AtOnce = 32;

    /// <summary>The sweeps that a filter takes, the latest first; one that cannot be read comes with the reason, where nothing is asked of it.</summary>
    public async Task<IReadOnlyList<FoundSweep>> FindAsync(SweepFilter filter, CancellationToken cancellationToken)
    {
        IReadOnlyList<SweepEntry> entries = await new SweepDirectory(store).ListAsync(cancellationToken);
        FoundSweep[] found = new FoundSweep[entries.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, found.Length, options, async (i, token) => found[i] = await ReadAsync(entries[i], token));
        return [.. found.Where(f => f.Summary is { } summary ? filter.Takes(summary) : filter.IsEmpty)];
    }

    private async Task<FoundSweep> ReadAsync(SweepEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            if (!entry.Active && await store.ReadBytesAsync(StoreLayout.Summary(entry.Id), cancellationToken) is { } summary)
                return new(entry, SweepSummary.Read(summary), null);
            if (follow is not null)
                return new(entry, await follow(entry.Id, cancellationToken), null);
            return await StoredSweep.LoadAsync(store, entry.Id, cancellationToken) is { } sweep
                ? new(entry, SweepSummary.Of(entry.Id, sweep), null)
                : new(entry, null, null);
        }
        catch (Exception e) when (StoredSweep.IsDamage(e))
        {
            return new(entry, null, e.Message);
        }
    }
}

/// <summary>A sweep that was looked up.</summary>
/// <param name="Entry">What the store's names tell.</param>
/// <param name="Summary">What is known of it; null when that could not be read.</param>
/// <param name="Fault">Why it could not be read; null when it could, or has no journal yet.</param>
internal sealed record FoundSweep(SweepEntry Entry, SweepSummary? Summary, string? Fault)
{
    /// <summary>The same, of which the journal turned out to be damaged: of a sweep that has ended, the summary may be sound all the same.</summary>
    public FoundSweep Damaged(Exception fault) => this with { Summary = null, Fault = fault.Message };
}
