using System.Runtime.ExceptionServices;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Telemetry;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// A sweep's state and its journal, kept in step: events are applied at once, <see cref="GroupCommit"/> makes them
/// durable, and answers and actions follow durability. Not thread-safe: it belongs to one activation, whose scheduler
/// runs it.
/// </summary>
/// <remarks>
/// Nothing that was applied is given up while the store does not take it, and nothing is acknowledged meanwhile. When
/// another activation has written, or the journal is damaged, the ledger is <see cref="Broken"/> for good: its memory
/// is not what the disk says.
/// </remarks>
internal sealed class SweepLedger : IDisposable
{
    private readonly LedgerSnapshots _snapshots;
    private readonly GroupCommit _commit;

    private SweepLedger(Journal journal, GrainsTiming timing)
    {
        _snapshots = new LedgerSnapshots(journal, timing, Hooks);
        _commit = new GroupCommit(journal, timing, Hooks, _snapshots) { Capture = () => Sweep!.Capture() };
    }

    /// <summary>The state, events on their way to the disk included; null before the submission.</summary>
    public Sweep? Sweep { get; private set; }

    /// <summary>Damaged snapshots that were passed over.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>What is told to the owner.</summary>
    public LedgerHooks Hooks { get; } = new();

    /// <inheritdoc cref="GroupCommit.Broken"/>
    public Exception? Broken => _commit.Broken;

    /// <inheritdoc cref="GroupCommit.Stalled"/>
    public string? Stalled => _commit.Stalled;

    /// <inheritdoc cref="LedgerSnapshots.Writing"/>
    public Task Snapshotting => _snapshots.Writing;

    /// <summary>Reads the journal.</summary>
    public static async Task<SweepLedger> OpenAsync(Journal journal, GrainsTiming timing, CancellationToken cancellationToken)
    {
        SweepLedger ledger = new(journal, timing);
        JournalReplay replay = await journal.ReadAsync(cancellationToken, ledger.Unreadable);
        // Seconds of work for a large sweep, of which the activation's scheduler need not know.
        await Task.Run(() => ledger.Replay(replay, cancellationToken), cancellationToken);
        return ledger;
    }

    /// <summary>Applies events and waits until they are durable.</summary>
    /// <exception cref="SweepUnavailableException">They could not be journaled; whether they are is unknown.</exception>
    public Task CommitAsync(params ReadOnlySpan<SweepEvent> events)
    {
        _commit.ThrowIfFull();
        LedgerEntry entry = _commit.Entry();
        foreach (SweepEvent sweepEvent in events)
            Take(entry, sweepEvent);
        return _commit.EnqueueAsync(entry);
    }

    /// <summary>
    /// Applies those events that the state does not refuse, each in the state that those before it leave, and waits
    /// until they are durable. They share one batch: a crash keeps all of them or none. What the state has already is not
    /// journaled again: its first answer was lost, and the first time is waited for.
    /// </summary>
    /// <returns>The first refusal; null when there was none.</returns>
    /// <exception cref="SweepUnavailableException">They could not be journaled; whether they are is unknown.</exception>
    public async Task<string?> CommitAcceptedAsync(IEnumerable<SweepEvent> events)
    {
        _commit.ThrowIfFull();
        LedgerEntry entry = _commit.Entry();
        string? refusal = null;
        foreach (SweepEvent sweepEvent in events)
        {
            if (Sweep!.IsKnown(sweepEvent))
                continue;
            if (Sweep.Refusal(sweepEvent) is { } reason)
                refusal ??= reason;
            else
                Take(entry, sweepEvent);
        }
        await (entry.Lines.Count > 0 ? _commit.EnqueueAsync(entry) : FlushedAsync());
        return refusal;
    }

    /// <summary>Waits until all that was applied so far is durable: an answer from the state may rest on it.</summary>
    /// <exception cref="SweepUnavailableException">It could not be journaled; whether it is is unknown.</exception>
    public Task FlushedAsync() => _commit.FlushedAsync();

    /// <inheritdoc cref="GroupCommit.ThrowIfBroken"/>
    public void ThrowIfBroken() => _commit.ThrowIfBroken();

    /// <summary>Gives up what is not durable: the activation ends.</summary>
    public void Dispose() => _commit.Dispose();

    // Reading an event costs as much as applying it, and can be done ahead, on the other processors.
    private void Replay(JournalReplay replay, CancellationToken cancellationToken)
    {
        try
        {
            foreach (SweepEvent[] events in replay.Batches.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(Events))
                foreach (SweepEvent sweepEvent in events)
                    Apply(sweepEvent);
        }
        catch (AggregateException faults) when (faults.InnerException is { } fault)
        {
            // A person is to read what is wrong with a line, not that several threads read lines.
            ExceptionDispatchInfo.Throw(fault);
        }
        (_commit.Sequence, _snapshots.Sequence) = (replay.LastSequence, replay.SnapshotSequence);
        Faults = replay.Faults;
    }

    private static SweepEvent[] Events(JournalBatch batch) => [.. batch.Events.Select(line => SweepEvents.Read(line.Span))];

    // A snapshot is only a short cut: one that an older version wrote is replaced by the batches, where they are there.
    private string? Unreadable(ReadOnlyMemory<byte> snapshot)
    {
        try
        {
            Sweep = Sweep.Restore(snapshot.Span);
            return null;
        }
        catch (SweepFormatException fault)
        {
            return fault.Message;
        }
    }

    private void Take(LedgerEntry entry, SweepEvent sweepEvent)
    {
        entry.Told.Add(Told.By(sweepEvent, () => Sweep, () => entry.Actions.AddRange(Apply(sweepEvent))));
        entry.Lines.Add(SweepEvents.Write(sweepEvent));
    }

    private IReadOnlyList<SweepAction> Apply(SweepEvent sweepEvent)
    {
        if (Sweep is not null)
            return Sweep.Apply(sweepEvent);
        if (sweepEvent is not SweepSubmitted submitted)
            throw new InvalidOperationException($"The journal begins with {sweepEvent.GetType().Name}, but must begin with {nameof(SweepSubmitted)}.");
        Sweep = Sweep.Start(submitted, out IReadOnlyList<SweepAction> actions);
        return actions;
    }
}
