using System.Runtime.ExceptionServices;
using CatGan.Abstractions.Grains;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// A sweep's state and its journal, kept in step by group commit: events are applied at once, one writer takes all that
/// wait as one batch, and answers and actions follow durability. Not thread-safe: it belongs to one activation, whose
/// scheduler runs it. When a write fails or another activation has written, it is <see cref="Broken"/> for good: its
/// memory is ahead of the disk.
/// </summary>
internal sealed class SweepLedger
{
    private const int Tries = 2;
    private const long FirstSnapshot = 64;

    // A snapshot of a large sweep is long, and nobody waits for it.
    private const int SnapshotWrites = 30;
    private readonly Journal _journal;
    private readonly GrainsTiming _timing;
    private readonly List<Entry> _waiting = [];
    private long _sequence;
    private long _snapshotSequence;
    private bool _writing;
    private bool _snapshotting;

    private SweepLedger(Journal journal, GrainsTiming timing) => (_journal, _timing) = (journal, timing);

    /// <summary>The state, events on their way to the disk included; null before the submission.</summary>
    public Sweep? Sweep { get; private set; }

    /// <summary>Why nothing can be journaled any more; null while all is well.</summary>
    public Exception? Broken { get; private set; }

    /// <summary>Damaged snapshots that were passed over.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>Called with the actions of durable events.</summary>
    public Action<IReadOnlyList<SweepAction>> OnActions { get; set; } = _ => { };

    /// <summary>Called once, when it breaks.</summary>
    public Action<Exception> OnBroken { get; set; } = _ => { };

    /// <summary>Called when a snapshot could not be written, which harms nothing.</summary>
    public Action<Exception> OnSnapshotFault { get; set; } = _ => { };

    /// <summary>Completes when no snapshot is being written.</summary>
    public Task Snapshotting { get; private set; } = Task.CompletedTask;

    /// <summary>Reads the journal.</summary>
    public static async Task<SweepLedger> OpenAsync(Journal journal, GrainsTiming timing, CancellationToken cancellationToken)
    {
        SweepLedger ledger = new(journal, timing);
        JournalReplay replay = await journal.ReadAsync(cancellationToken);
        // Seconds of work for a large sweep, of which the activation's scheduler need not know.
        await Task.Run(() => ledger.Replay(replay, cancellationToken), cancellationToken);
        return ledger;
    }

    // Reading an event costs as much as applying it, and can be done ahead, on the other processors.
    private void Replay(JournalReplay replay, CancellationToken cancellationToken)
    {
        if (replay.Snapshot is { } snapshot)
            Sweep = Sweep.Restore(snapshot.Span);
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
        (_sequence, _snapshotSequence) = (replay.LastSequence, replay.SnapshotSequence);
        Faults = replay.Faults;
    }

    private static SweepEvent[] Events(JournalBatch batch) => [.. batch.Events.Select(line => SweepEvents.Read(line.Span))];

    /// <summary>Applies events and waits until they are durable.</summary>
    /// <exception cref="SweepUnavailableException">They could not be journaled; whether they are is unknown.</exception>
    public Task CommitAsync(params ReadOnlySpan<SweepEvent> events)
    {
        ThrowIfBroken();
        Entry entry = new();
        foreach (SweepEvent sweepEvent in events)
            Take(entry, sweepEvent);
        return EnqueueAsync(entry);
    }

    /// <summary>
    /// Applies those events that the state does not refuse, each in the state that those before it leave, and waits
    /// until they are durable. They share one batch: a crash keeps all of them or none.
    /// </summary>
    /// <returns>The first refusal; null when there was none.</returns>
    /// <exception cref="SweepUnavailableException">They could not be journaled; whether they are is unknown.</exception>
    public async Task<string?> CommitAcceptedAsync(IEnumerable<SweepEvent> events)
    {
        ThrowIfBroken();
        Entry entry = new();
        string? refusal = null;
        foreach (SweepEvent sweepEvent in events)
        {
            if (Sweep!.Refusal(sweepEvent) is { } reason)
                refusal ??= reason;
            else
                Take(entry, sweepEvent);
        }
        if (entry.Lines.Count > 0)
            await EnqueueAsync(entry);
        return refusal;
    }

    public void ThrowIfBroken()
    {
        if (Broken is { } fault)
            throw new SweepUnavailableException($"The sweep's journal could not be written ({fault.Message}); try again.");
    }

    private void Take(Entry entry, SweepEvent sweepEvent)
    {
        entry.Actions.AddRange(Apply(sweepEvent));
        entry.Lines.Add(SweepEvents.Write(sweepEvent));
    }

    private Task EnqueueAsync(Entry entry)
    {
        _waiting.Add(entry);
        if (!_writing)
            WriteAsync().Ignore();
        return entry.Done.Task;
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

    private async Task WriteAsync()
    {
        _writing = true;
        try
        {
            while (_waiting.Count > 0 && Broken is null)
                await WriteBatchAsync();
        }
        finally
        {
            _writing = false;
        }
    }

    private async Task WriteBatchAsync()
    {
        Entry[] batch = [.. _waiting];
        _waiting.Clear();
        // Taken now, because the state is the one after this batch only until the next event comes.
        long sequence = _sequence + 1;
        SweepCapture? snapshot = SnapshotDue(sequence) ? Sweep!.Capture() : null;
        try
        {
            await AppendAsync(sequence, [.. batch.SelectMany(e => e.Lines)]);
        }
        catch (Exception fault)
        {
            Break(fault, batch);
            return;
        }
        _sequence = sequence;
        foreach (Entry entry in batch)
        {
            entry.Done.SetResult();
            OnActions(entry.Actions);
        }
        if (snapshot is not null)
            Snapshotting = SnapshotAsync(sequence, snapshot);
    }

    // After batch 64, 128, 256 ...: replay reads at most as many batches as its snapshot holds, and each event pays O(1).
    private bool SnapshotDue(long sequence) => !_snapshotting && sequence >= Math.Max(FirstSnapshot, 2 * _snapshotSequence);

    // Beside the batches that follow, and on another thread: neither its bytes nor the folding hold up an answer.
    private async Task SnapshotAsync(long sequence, SweepCapture snapshot)
    {
        (_snapshotting, _snapshotSequence) = (true, sequence);
        using CancellationTokenSource late = new(_timing.WriteTimeout * SnapshotWrites, _timing.Time);
        try
        {
            await Task.Run(() => _journal.WriteSnapshotAsync(sequence, snapshot.Pieces(), late.Token), late.Token).WaitAsync(late.Token);
        }
        catch (Exception fault)
        {
            OnSnapshotFault(fault);
        }
        finally
        {
            _snapshotting = false;
        }
    }

    // A try that failed may have written all the same: the batch id tells, so that trying again is safe.
    private async Task AppendAsync(long sequence, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        Guid id = Guid.NewGuid();
        for (int left = Tries; ; left--)
        {
            try
            {
                AppendResult result = await _journal.AppendAsync(sequence, id, lines, CancellationToken.None).WaitAsync(_timing.WriteTimeout, _timing.Time);
                if (result == AppendResult.Stale)
                    throw new StaleActivationException(sequence);
                return;
            }
            catch (Exception fault) when (left > 1 && fault is not StaleActivationException)
            {
                // What kept the store from answering is seldom over at once.
                await Task.Delay(_timing.RetryAfter, _timing.Time);
            }
        }
    }

    private void Break(Exception fault, IReadOnlyList<Entry> batch)
    {
        Broken = fault;
        SweepUnavailableException refusal = new($"The sweep's journal could not be written ({fault.Message}); try again.");
        foreach (Entry entry in batch.Concat(_waiting))
            entry.Done.SetException(refusal);
        _waiting.Clear();
        OnBroken(fault);
    }

    private sealed class Entry
    {
        public List<ReadOnlyMemory<byte>> Lines { get; } = [];

        public List<SweepAction> Actions { get; } = [];

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Another activation has written this sequence number: this one is stale.</summary>
internal sealed class StaleActivationException(long sequence)
    : Exception($"Another activation has written batch {sequence} of the journal.");
