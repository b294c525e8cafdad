using System.Globalization;

namespace CatGan.Storage;

/// <summary>
/// An append-only journal in a blob store: numbered batches of events, each created only if absent, with
/// snapshots beside. It knows bytes, not events; one event is one line. Batches are <c>{prefix}000000000001, …</c>,
/// snapshots <c>{prefix}snapshots/000000000017</c> (the state after batch 17).
/// </summary>
/// <remarks>
/// Batches and snapshots that an older, sound snapshot covers are deleted when a newer one is written; so there
/// are always two to fall back on, once two were written. Safe between processes: of several writers of one
/// sequence number one wins, and the others are told that they are stale.
/// </remarks>
public sealed class Journal(IBlobStore store, string prefix)
{
    private const int Parallel = 16, Tries = 4;

    /// <summary>Folding goes on beside the appends and is in no hurry: they come first.</summary>
    private const int ParallelFolding = 4;
    private readonly string _snapshots = prefix + "snapshots/";

    /// <summary>Reads the newest sound snapshot and all later batches.</summary>
    /// <param name="ct">Cancels.</param>
    /// <param name="unreadable">
    /// Says why a sound snapshot is of no use all the same (another version wrote it), null when it is: it is passed over
    /// as a damaged one is.
    /// </param>
    /// <exception cref="JournalException">A batch is missing or damaged and no snapshot covers it.</exception>
    public async Task<JournalReplay> ReadAsync(CancellationToken ct, Func<ReadOnlyMemory<byte>, string?>? unreadable = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (snapshots, batches) = await ListAsync(prefix, ct).ConfigureAwait(false);
            try
            {
                return await ReadAsync(snapshots, batches, unreadable, ct).ConfigureAwait(false);
            }
            catch (MissingBatchException e)
            {
                // Another activation may have folded batches between the listing and the reading.
                if (attempt == Tries)
                    throw new JournalException(e.Message, e);
            }
        }
    }

    /// <summary>Makes a batch durable under a number that must still be free.</summary>
    /// <param name="sequence">One more than the last durable batch.</param>
    /// <param name="batchId">Drawn once for the batch and kept for all tries of writing it.</param>
    /// <param name="events">At least one line each, without the line's end.</param>
    /// <param name="ct">When this cancels, the batch may or may not be durable; try again with the same id.</param>
    /// <exception cref="JournalException">The number is taken by a damaged blob.</exception>
    public async Task<AppendResult> AppendAsync(long sequence, Guid batchId, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfZero(events.Count);
        var written = await store.WriteBytesAsync(BatchName(sequence), JournalFormat.Batch(sequence, batchId, events), BlobCondition.IfAbsent, ct).ConfigureAwait(false);
        if (written is not null)
            return await WasFoldedAsync(sequence, ct).ConfigureAwait(false) ? AppendResult.Stale : AppendResult.Written;
        var there = await store.ReadBytesAsync(BatchName(sequence), ct).ConfigureAwait(false);
        // Absent now: folded by an activation that went on.
        return there is not null && Parse(BatchName(sequence), there, sequence).BatchId == batchId ? AppendResult.AlreadyWritten : AppendResult.Stale;
    }

    /// <summary>One batch, for a reader that follows the journal; null when it is not there: not written yet, or folded away.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="JournalException">It is damaged.</exception>
    public async Task<JournalBatch?> ReadBatchAsync(long sequence, CancellationToken ct) =>
        await store.ReadBytesAsync(BatchName(sequence), ct).ConfigureAwait(false) is { } blob ? Parse(BatchName(sequence), blob, sequence) : null;

    /// <summary>Number of the newest snapshot, sound or not; 0 when there is none. A reader that is behind it may find batches folded away.</summary>
    public async Task<long> NewestSnapshotAsync(CancellationToken ct)
    {
        var (snapshots, _) = await ListAsync(_snapshots, ct).ConfigureAwait(false);
        return snapshots.DefaultIfEmpty().Max();
    }

    /// <summary>
    /// Where a reader goes on that finds no batch of a number: at that number, while it is yet to be written; where batches
    /// were folded away, at the first one behind which none is missing.
    /// </summary>
    /// <param name="sequence">The number of the batch that is not there.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<long> ReadableFromAsync(long sequence, CancellationToken ct)
    {
        if (await NewestSnapshotAsync(ct).ConfigureAwait(false) < sequence)
            return sequence;
        var (snapshots, batches) = await ListAsync(prefix, ct).ConfigureAwait(false);
        var there = batches.ToHashSet();
        var from = snapshots.Concat(batches).DefaultIfEmpty().Max() + 1;
        while (from > sequence && there.Contains(from - 1))
            from--;
        return Math.Max(from, sequence);
    }

    /// <summary>Stores the state after a durable batch, then deletes what two sound snapshots have made superfluous.</summary>
    /// <param name="sequence">The last batch that the state includes.</param>
    /// <param name="state">Any bytes.</param>
    /// <param name="ct">Cancels; what was not yet deleted goes with the next snapshot.</param>
    public Task WriteSnapshotAsync(long sequence, ReadOnlyMemory<byte> state, CancellationToken ct) => WriteSnapshotAsync(sequence, [state], ct);

    /// <summary>Stores a state in pieces, so that a large one need never be in memory as a whole.</summary>
    /// <param name="sequence">The last batch that the state includes.</param>
    /// <param name="pieces">The state's bytes in order; enumerated several times, always with the same result.</param>
    /// <param name="ct">Cancels; what was not yet deleted goes with the next snapshot.</param>
    public async Task WriteSnapshotAsync(long sequence, IEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        ArgumentNullException.ThrowIfNull(pieces);
        var firstLine = JournalFormat.SnapshotLine(sequence, pieces);
        await store.WriteAsync(SnapshotName(sequence), WriteAsync, BlobCondition.Always, ct).ConfigureAwait(false);
        await FoldAsync(ct).ConfigureAwait(false);

        async Task WriteAsync(Stream destination, CancellationToken token)
        {
            await destination.WriteAsync(firstLine, token).ConfigureAwait(false);
            foreach (var piece in pieces)
                await destination.WriteAsync(piece, token).ConfigureAwait(false);
        }
    }

    private async Task FoldAsync(CancellationToken ct) => await System.Threading.Tasks.Parallel.ForEachAsync(
        await SuperfluousAsync(ct).ConfigureAwait(false),
        Folding(ct),
        async (name, token) => await store.DeleteAsync(name, token).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>
    /// Names of the batches and snapshots that nothing will ever read: two sound snapshots are newer. They go with the
    /// next snapshot; where a process died at that and no snapshot came after, they stay until someone removes them.
    /// </summary>
    public async Task<IReadOnlyList<string>> SuperfluousAsync(CancellationToken ct)
    {
        var (snapshots, batches) = await ListAsync(prefix, ct).ConfigureAwait(false);
        var newest = true;
        foreach (var kept in snapshots.OrderDescending())
        {
            if (!await IsSoundAsync(kept, ct).ConfigureAwait(false))
                continue;
            if (!newest)
                return [.. snapshots.Where(s => s < kept).Select(SnapshotName), .. batches.Where(b => b <= kept).Select(BatchName)];
            newest = false;
        }
        return [];
    }

    private async Task<bool> IsSoundAsync(long sequence, CancellationToken ct)
    {
        var reading = await store.OpenReadAsync(SnapshotName(sequence), ct).ConfigureAwait(false);
        if (reading is null)
            return false;
        await using (reading.ConfigureAwait(false))
            return await JournalFormat.IsSnapshotAsync(reading.Content, sequence, ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Creating a batch proves nothing where an earlier one of its number may have been folded away: an activation
    /// that slept through two snapshots would create it anew.
    /// </summary>
    private async Task<bool> WasFoldedAsync(long sequence, CancellationToken ct)
    {
        var (snapshots, _) = await ListAsync(_snapshots, ct).ConfigureAwait(false);
        return snapshots.Count(s => s >= sequence) >= 2;
    }

    private async Task<JournalReplay> ReadAsync(
        List<long> snapshots, List<long> batches, Func<ReadOnlyMemory<byte>, string?>? unreadable, CancellationToken ct)
    {
        var faults = new List<string>();
        foreach (var sequence in snapshots.OrderDescending())
        {
            if (await TryReadSnapshotAsync(sequence, faults, ct).ConfigureAwait(false) is not { } state)
                continue;
            if (unreadable?.Invoke(state) is { } why)
                faults.Add($"The snapshot '{SnapshotName(sequence)}' cannot be used and was passed over: {why}");
            else
                return new JournalReplay(state, sequence, await ReadBatchesAsync(batches, sequence, faults, ct).ConfigureAwait(false), faults);
        }
        return new JournalReplay(null, 0, await ReadBatchesAsync(batches, 0, faults, ct).ConfigureAwait(false), faults);
    }

    private async Task<JournalBatch[]> ReadBatchesAsync(List<long> listed, long after, List<string> faults, CancellationToken ct)
    {
        var wanted = listed.Where(s => s > after).Order().ToList();
        for (var i = 0; i < wanted.Count; i++)
        {
            if (wanted[i] != after + 1 + i)
                throw Missing(after + 1 + i, faults);
        }
        var batches = new JournalBatch[wanted.Count];
        await System.Threading.Tasks.Parallel.ForAsync(0, batches.Length, Options(ct), async (i, token) =>
        {
            var blob = await store.ReadBytesAsync(BatchName(wanted[i]), token).ConfigureAwait(false) ?? throw Missing(wanted[i], faults);
            batches[i] = Parse(BatchName(wanted[i]), blob, wanted[i]);
        }).ConfigureAwait(false);
        return batches;
    }

    private async Task<ReadOnlyMemory<byte>?> TryReadSnapshotAsync(long sequence, List<string> faults, CancellationToken ct)
    {
        if (await store.ReadBytesAsync(SnapshotName(sequence), ct).ConfigureAwait(false) is not { } blob)
            return null;
        try
        {
            return JournalFormat.ReadSnapshot(blob, sequence);
        }
        catch (FormatException e)
        {
            faults.Add($"The snapshot '{SnapshotName(sequence)}' is damaged and was passed over: {e.Message}.");
            return null;
        }
    }

    private JournalBatch Parse(string name, byte[] blob, long sequence)
    {
        try
        {
            return JournalFormat.ReadBatch(blob, sequence);
        }
        catch (FormatException e)
        {
            throw new JournalException($"The journal's batch '{name}' in {store.Uri} is damaged: {e.Message}. Restore the blob from a backup.", e);
        }
    }

    private MissingBatchException Missing(long sequence, List<string> faults) =>
        new($"The journal's batch '{BatchName(sequence)}' in {store.Uri} is missing, though later ones are there. {string.Concat(faults.Select(f => f + " "))}Restore the blobs from a backup.");

    private async Task<(List<long> Snapshots, List<long> Batches)> ListAsync(string from, CancellationToken ct)
    {
        var (snapshots, batches) = (new List<long>(), new List<long>());
        await foreach (var blob in store.ListAsync(from, ct).ConfigureAwait(false))
        {
            if (blob.Name.StartsWith(_snapshots, StringComparison.Ordinal))
                Add(snapshots, blob.Name[_snapshots.Length..]);
            else
                Add(batches, blob.Name[prefix.Length..]);
        }
        return (snapshots, batches);
    }

    private static void Add(List<long> numbers, string text)
    {
        if (text.Length >= 12 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            numbers.Add(number);
    }

    private static ParallelOptions Folding(CancellationToken ct) => new() { MaxDegreeOfParallelism = ParallelFolding, CancellationToken = ct };

    private static ParallelOptions Options(CancellationToken ct) => new() { MaxDegreeOfParallelism = Parallel, CancellationToken = ct };

    private string BatchName(long sequence) => prefix + sequence.ToString("D12", CultureInfo.InvariantCulture);

    private string SnapshotName(long sequence) => _snapshots + sequence.ToString("D12", CultureInfo.InvariantCulture);

    private sealed class MissingBatchException(string message) : Exception(message);
}
