using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Coordinator.Serve.Live;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>The newest events of a sweep's journal, newest first.</summary>
/// <param name="Lines">The events.</param>
/// <param name="Before">The batch before which older ones lie; null when there are none, or they have been folded into a snapshot.</param>
/// <param name="Folded">True when the journal has forgotten older ones.</param>
internal sealed record EventLog(ImmutableArray<EventLine> Lines, long? Before, bool Folded)
{
    private const int Enough = 100;

    /// <summary>Reads events back from a batch.</summary>
    /// <param name="store">The store.</param>
    /// <param name="view">The sweep.</param>
    /// <param name="before">The batch that is not read any more; null for the newest.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<EventLog> ReadAsync(IBlobStore store, SweepView view, long? before, CancellationToken cancellationToken)
    {
        Journal journal = new(store, StoreLayout.Journal(view.Id));
        ImmutableArray<EventLine>.Builder lines = ImmutableArray.CreateBuilder<EventLine>();
        long sequence = Math.Min(before - 1 ?? view.Sequence, view.Sequence);
        for (; sequence > 0 && lines.Count < Enough; sequence--)
        {
            if (await journal.ReadBatchAsync(sequence, cancellationToken) is not { } batch)
                return new(lines.ToImmutable(), null, true);
            lines.AddRange(JournalEntry.Of(batch).Reverse().Select(e => EventLine.Of(e)));
        }
        return new(lines.ToImmutable(), sequence > 0 ? sequence + 1 : null, false);
    }
}
