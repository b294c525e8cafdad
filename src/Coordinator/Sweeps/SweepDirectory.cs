using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>The sweeps of a store, without any silo.</summary>
internal sealed class SweepDirectory(IBlobStore store)
{
    private const string Last = "last";

    /// <summary>All sweeps, the latest first.</summary>
    public async Task<IReadOnlyList<SweepEntry>> ListAsync(CancellationToken cancellationToken)
    {
        HashSet<string> active = [];
        await foreach (BlobInfo blob in store.ListAsync(StoreLayout.ActivePrefix, cancellationToken))
            active.Add(blob.Name[StoreLayout.ActivePrefix.Length..]);
        Dictionary<string, DateTimeOffset> first = [];
        await foreach (BlobInfo blob in store.ListAsync(StoreLayout.SweepsPrefix, cancellationToken))
        {
            string[] parts = blob.Name[StoreLayout.SweepsPrefix.Length..].Split('/', 2);
            // The spec is written once, at the submission.
            if (parts is [{ } id, "spec.yaml"])
                first[id] = blob.LastModified;
            else if (parts.Length == 2)
                first.TryAdd(parts[0], blob.LastModified);
        }
        return [.. first.Select(s => new SweepEntry(s.Key, s.Value, active.Contains(s.Key)))
            .OrderByDescending(s => s.SubmittedAt).ThenByDescending(s => s.Id, StringComparer.Ordinal)];
    }

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
            [] => throw new UserException(
                ExitCode.NotFound,
                $"{store.Uri} holds no sweep {typed}{Suggestion.For(typed, sweeps.Select(s => s.Id))}",
                "`catgan list` shows all"),
            _ => throw new UserException(ExitCode.BadInput, $"{typed} may be any of {string.Join(", ", found.Take(5))}", "type more of the id"),
        };
    }
}

/// <summary>A sweep of a store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="Active">True while it has not ended.</param>
internal sealed record SweepEntry(string Id, DateTimeOffset SubmittedAt, bool Active);
