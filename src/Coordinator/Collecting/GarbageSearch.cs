using System.Runtime.CompilerServices;
using CatGan.Abstractions;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Collecting;

/// <summary>
/// Finds what no sweep owns. Only what was last written before a time is looked at: whatever is on its way to being named
/// by a journal is younger. The blobs are listed before the journal is read, so that a blob whose event came in between
/// counts as named; and what the running attempt wrote is never garbage, however old, since its news may still come.
/// Data sets are never touched.
/// </summary>
internal sealed class GarbageSearch(IBlobStore store, DateTimeOffset before)
{
    private const string JobsPrefix = "jobs/";

    /// <summary>What could not be looked at, a sentence each; nothing of it is garbage.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>All of it.</summary>
    public async IAsyncEnumerable<Garbage> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (BlobInfo leftover in (store as ILeftoverStore)?.FindLeftovers(before) ?? [])
            yield return new("unfinished write", leftover.Name, leftover.Length, leftover.LastModified, Leftover: true);
        await foreach (BlobInfo blob in store.ListAsync(JobsPrefix, cancellationToken))
        {
            if (blob.LastModified < before)
                yield return Of("picture that nobody fetched", blob);
        }
        // A client that lost an answer asks again within minutes.
        await foreach (BlobInfo blob in store.ListAsync(StoreLayout.RequestsPrefix, cancellationToken))
        {
            if (blob.LastModified < before)
                yield return Of("answered submission", blob);
        }
        await foreach (string sweep in store.ListFoldersAsync(StoreLayout.SweepsPrefix, cancellationToken))
        {
            foreach (Garbage garbage in await InSweepAsync(sweep, cancellationToken))
                yield return garbage;
        }
    }

    /// <summary>Removes one, unless it was written again since it was found.</summary>
    public async Task<bool> RemoveAsync(Garbage garbage, CancellationToken cancellationToken)
    {
        if (garbage.Leftover)
            return (store as ILeftoverStore)?.RemoveLeftover(garbage.Name) == true;
        return await store.GetInfoAsync(garbage.Name, cancellationToken) is { } now
            && now.LastModified == garbage.LastModified
            && await store.DeleteAsync(garbage.Name, cancellationToken);
    }

    private async Task<IReadOnlyList<Garbage>> InSweepAsync(string sweep, CancellationToken cancellationToken)
    {
        SweepContent content = new(sweep);
        await foreach (BlobInfo blob in store.ListAsync(StoreLayout.Sweep(sweep), cancellationToken))
            content.Add(blob, isOld: blob.LastModified < before);
        if (!content.HasJournal)
            return await UntakenAsync(content, cancellationToken);
        try
        {
            return [.. await FoldedAsync(content, cancellationToken), .. await OrphansAsync(content, cancellationToken)];
        }
        catch (Exception e) when (StoredSweep.IsDamage(e))
        {
            Notes.Add($"{sweep} is left alone, its journal cannot be read: {e.Message}");
            return [];
        }
    }

    /// <summary>A submission that no silo took: its client died, or its silo did. One with a marker is a silo's to look after.</summary>
    private async Task<IReadOnlyList<Garbage>> UntakenAsync(SweepContent content, CancellationToken cancellationToken) =>
        content.HasYoung || await new SweepDirectory(store).IsActiveAsync(content.Sweep, cancellationToken)
            ? []
            : [.. content.Old.Select(b => Of("submission that no silo took", b))];

    private async Task<IEnumerable<Garbage>> FoldedAsync(SweepContent content, CancellationToken cancellationToken)
    {
        if (!content.Old.Any(b => b.Name.StartsWith(StoreLayout.Journal(content.Sweep), StringComparison.Ordinal)))
            return [];
        HashSet<string> folded = [.. await new Journal(store, StoreLayout.Journal(content.Sweep)).SuperfluousAsync(cancellationToken)];
        return content.Old.Where(b => folded.Contains(b.Name)).Select(b => Of("folded journal", b));
    }

    private async Task<IEnumerable<Garbage>> OrphansAsync(SweepContent content, CancellationToken cancellationToken)
    {
        if (content.OldCheckpoints.Count == 0 || await Sweeps.StoredSweep.LoadAsync(store, content.Sweep, cancellationToken) is not { } sweep)
            return [];
        return [.. content.OldCheckpoints.Where(c => !IsOwned(sweep, c)).Select(c => Of("checkpoint that no journal names", c.Blob))];
    }

    private static bool IsOwned(Sweep sweep, StoredCheckpoint checkpoint)
    {
        if (checkpoint.Experiment > sweep.Experiments.Count)
            return false;
        Experiment experiment = sweep.Experiments[checkpoint.Experiment - 1];
        bool inFlight = experiment.Stage == ExperimentStage.Running && checkpoint.Epoch >= experiment.Epoch;
        return inFlight || experiment.Checkpoints.Any(c => c.Blob == checkpoint.Blob.Name) || experiment.Deleting.Contains(checkpoint.Blob.Name);
    }

    private static Garbage Of(string kind, BlobInfo blob) => new(kind, blob.Name, blob.Length, blob.LastModified);
}
