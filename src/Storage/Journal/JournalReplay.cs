namespace CatGan.Storage;

/// <summary>What <see cref="Journal.AppendAsync"/> found.</summary>
public enum AppendResult
{
    /// <summary>The batch is durable under its sequence number.</summary>
    Written,

    /// <summary>The batch had been written by an earlier try whose answer got lost; it is durable.</summary>
    AlreadyWritten,

    /// <summary>
    /// Another activation has gone on: drop the state, read the journal again. (Whether this batch is part of what
    /// that one read shows there.)
    /// </summary>
    Stale,
}

/// <summary>One durable batch.</summary>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="BatchId">Drawn by its writer.</param>
/// <param name="Events">Its events, one line each, without the line's end.</param>
public sealed record JournalBatch(long Sequence, Guid BatchId, IReadOnlyList<ReadOnlyMemory<byte>> Events);

/// <summary>All that a journal says: a snapshot and every batch after it.</summary>
/// <param name="Snapshot">The newest sound snapshot; null when there is none.</param>
/// <param name="SnapshotSequence">The last batch that the snapshot includes; 0 when there is none.</param>
/// <param name="Batches">All later batches, in order and without holes.</param>
/// <param name="Faults">Damaged snapshots that were passed over, each with its fault; for a log.</param>
public sealed record JournalReplay(
    ReadOnlyMemory<byte>? Snapshot, long SnapshotSequence, IReadOnlyList<JournalBatch> Batches, IReadOnlyList<string> Faults)
{
    /// <summary>The last durable batch's number; 0 for an empty journal. The next append is one higher.</summary>
    public long LastSequence => Batches.Count > 0 ? Batches[^1].Sequence : SnapshotSequence;
}
