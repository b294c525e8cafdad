using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>An event with its place in the journal.</summary>
/// <param name="Position">The place.</param>
/// <param name="Event">The event.</param>
internal sealed record JournalEntry(EventPosition Position, SweepEvent Event)
{
    /// <summary>The events of a batch.</summary>
    public static IEnumerable<JournalEntry> Of(JournalBatch batch) =>
        batch.Events.Select((line, i) => new JournalEntry(new(batch.Sequence, i), SweepEvents.Read(line.Span)));
}
