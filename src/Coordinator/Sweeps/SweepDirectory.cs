using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>The sweeps of a store, without any silo.</summary>
internal sealed class SweepDirectory(IBlobStore store)
{
    private const string Last = "last";
    private const int AtOnce = 32;

    /// <summary>Shorter beginnings are near to everything.</summary>
    private const int ShortestBeginning = 4;

    /// <summary>All sweeps, the latest first.</summary>
    public async Task<IReadOnlyList<SweepEntry>> ListAsync(CancellationToken cancellationToken)
    {
        HashSet<string> active = [];
        await foreach (BlobInfo blob in store.ListAsync(StoreLayout.ActivePrefix, cancellationToken))
            active.Add(StoreLayout.OfActive(blob.Name).Sweep);
        string[] ids = await store.ListFoldersAsync(StoreLayout.SweepsPrefix, cancellationToken).ToArrayAsync(cancellationToken);
        SweepEntry?[] entries = new SweepEntry?[ids.Length];
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, ids.Length, options, async (i, token) =>
        {
            if (await SubmittedAsync(ids[i], token) is { } at)
                entries[i] = new SweepEntry(ids[i], at, active.Contains(ids[i]));
        });
        return [.. entries.OfType<SweepEntry>().OrderByDescending(s => s.SubmittedAt).ThenByDescending(s => s.Id, StringComparer.Ordinal)];
    }

    /// <summary>True while a sweep has something to do, as far as its marker tells.</summary>
    public async Task<bool> IsActiveAsync(string sweep, CancellationToken cancellationToken) =>
        await store.ListAsync(StoreLayout.Active(sweep), cancellationToken).AnyAsync(b => StoreLayout.OfActive(b.Name).Sweep == sweep, cancellationToken);

    /// <summary>The spec is written once, at the submission. Null for a folder whose blobs are all gone.</summary>
    private async Task<DateTimeOffset?> SubmittedAsync(string sweep, CancellationToken cancellationToken) =>
        (await store.GetInfoAsync(StoreLayout.Spec(sweep), cancellationToken)
            ?? await store.ListAsync(StoreLayout.Sweep(sweep), cancellationToken).FirstOrDefaultAsync(cancellationToken))?.LastModified;

    /// <summary>The one sweep that a person means: an id, the beginning of one, or <c>last</c>.</summary>
    /// <exception cref="UserException">None, or more than one.</exception>
    public async Task<string> ResolveAsync(string typed, CancellationToken cancellationToken)
    {
        IReadOnlyList<SweepEntry> sweeps = await ListAsync(cancellationToken);
        if (sweeps.Count == 0)
            throw new UserException(ExitCode.NotFound, $"{store.Uri} holds no sweep", "start one with `catgan run SPEC`", "or name another store with --store");
        if (typed == Last)
            return sweeps[0].Id;
        if (sweeps.Any(s => s.Id == typed))
            return typed;
        string[] found = [.. sweeps.Select(s => s.Id).Where(id => typed.Length > 0 && id.StartsWith(typed, StringComparison.Ordinal))];
        return found switch
        {
            [{ } one] => one,
            [] => throw StoredSweep.NoSweep(store, typed, Suggestion.For(typed, sweeps.SelectMany(s => Spellings(s.Id, typed.Length)).Append((Last, Last)))),
            _ => throw new UserException(ExitCode.BadInput, $"{typed} may be any of {string.Join(", ", found.Take(5))}", "type more of the id"),
        };
    }

    // A person types the beginning of an id, so that is what may be misspelt.
    private static IEnumerable<(string Spelt, string Meant)> Spellings(string id, int length)
    {
        yield return (id, id);
        if (id.LastIndexOf('-') is var end and > 0)
            yield return (id[..end], id);
        if (length >= ShortestBeginning && length < id.Length)
            yield return (id[..length], id);
    }
}

/// <summary>A sweep of a store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="Active">True while it has not ended.</param>
internal sealed record SweepEntry(string Id, DateTimeOffset SubmittedAt, bool Active);
