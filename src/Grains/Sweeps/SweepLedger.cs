using System.Runtime.ExceptionServices;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Telemetry;
using CatGan.Grains.Workers;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// A sweep's state and its journal, kept in step by group commit: events are applied at once, one writer takes all that
/// wait as one batch, and answers and actions follow durability. Not thread-safe: it belongs to one activation, whose
/// scheduler runs it.
/// </summary>
/// <remarks>
/// While the store does not take a batch, it is tried again until it does, for minutes or for days: nothing that was
/// applied is given up, and nothing is acknowledged meanwhile. Callers are told to come back after a while; what is
/// kept in memory is bounded. When another activation has written, or the journal is damaged, the ledger is
/// <see cref="Broken"/> for good: its memory is not what the disk says.
/// </remarks>
internal sealed class SweepLedger : IDisposable
{
    private const int MostWaiting = 10_000;
    private const long FirstSnapshot = 64;

    // A snapshot of a large sweep is long, and nobody waits for it.
    private const int SnapshotWrites = 30;
    private readonly Journal _journal;
    private readonly GrainsTiming _timing;
    private readonly List<Entry> _waiting = [];
    private long _sequence;
    private long _snapshotSequence;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;
    private bool _writing;
    private bool _snapshotting;

    private SweepLedger(Journal journal, GrainsTiming timing) => (_journal, _timing, _closed) = (journal, timing, _closing.Token);

    /// <summary>The state, events on their way to the disk included; null before the submission.</summary>
    public Sweep? Sweep { get; private set; }

    /// <summary>Why nothing can be journaled any more; null while all is well.</summary>
    public Exception? Broken { get; private set; }

    /// <summary>Why the store does not take the journal at the moment; null while it does.</summary>
    public string? Stalled { get; private set; }

    /// <summary>Damaged snapshots that were passed over.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>Called with the actions of durable events.</summary>
    public Action<IReadOnlyList<SweepAction>> OnActions { get; set; } = _ => { };

    /// <summary>Called once, when it breaks.</summary>
    public Action<Exception> OnBroken { get; set; } = _ => { };

    /// <summary>Called with why, when the store begins not to take the journal, and with null when it takes it again.</summary>
    public Action<string?> OnStalled { get; set; } = _ => { };

    /// <summary>Called with what has become durable, and how long that took.</summary>
    public Action<IReadOnlyList<Told>, TimeSpan> OnWritten { get; set; } = (_, _) => { };

    /// <summary>Called each time that the store does not take a batch.</summary>
    public Action OnRetry { get; set; } = () => { };

    /// <summary>Called when a snapshot could not be written, which harms nothing.</summary>
    public Action<Exception> OnSnapshotFault { get; set; } = _ => { };

    /// <summary>Completes when no snapshot is being written.</summary>
    public Task Snapshotting { get; private set; } = Task.CompletedTask;

    /// <summary>Reads the journal.</summary>
    public static async Task<SweepLedger> OpenAsync(Journal journal, GrainsTiming timing, CancellationToken cancellationToken)
    {
        SweepLedger ledger = new(journal, timing);
        JournalReplay replay = await journal.ReadAsync(cancellationToken, ledger.Unreadable);
        // Seconds of work for a large sweep, of which the activation's scheduler need not know.
        await Task.Run(() => ledger.Replay(replay, cancellationToken), cancellationToken);
        return ledger;
    }

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
        (_sequence, _snapshotSequence) = (replay.LastSequence, replay.SnapshotSequence);
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

    /// <summary>Applies events and waits until they are durable.</summary>
    /// <exception cref="SweepUnavailableException">They could not be journaled; whether they are is unknown.</exception>
    public Task CommitAsync(params ReadOnlySpan<SweepEvent> events)
    {
        ThrowIfBroken();
        ThrowIfFull();
        Entry entry = new() { At = _timing.Time.GetTimestamp() };
        foreach (SweepEvent sweepEvent in events)
            Take(entry, sweepEvent);
        return EnqueueAsync(entry);
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
        ThrowIfBroken();
        ThrowIfFull();
        Entry entry = new() { At = _timing.Time.GetTimestamp() };
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
        if (entry.Lines.Count > 0)
            await EnqueueAsync(entry);
        else
            await FlushedAsync();
        return refusal;
    }

    /// <summary>Waits until all that was applied so far is durable: an answer from the state may rest on it.</summary>
    /// <exception cref="SweepUnavailableException">It could not be journaled; whether it is is unknown.</exception>
    public Task FlushedAsync()
    {
        ThrowIfBroken();
        return _writing ? EnqueueAsync(new Entry { At = _timing.Time.GetTimestamp() }) : Task.CompletedTask;
    }

    /// <summary>Gives up what is not durable: the activation ends.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    public void ThrowIfBroken()
    {
        if (Broken is { } fault)
            throw new SweepUnavailableException($"The sweep's journal could not be written ({fault.Message}); try again.");
    }

    private void ThrowIfFull()
    {
        if (_waiting.Count >= MostWaiting)
            throw new SweepUnavailableException($"{_waiting.Count} changes wait for the journal, which the store does not take ({Stalled}); try again later.");
    }

    private void Take(Entry entry, SweepEvent sweepEvent)
    {
        entry.Told.Add(Told.By(sweepEvent, () => Sweep, () => entry.Actions.AddRange(Apply(sweepEvent))));
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
        long started = _timing.Time.GetTimestamp();
        try
        {
            if (batch.Any(e => e.Lines.Count > 0))
                await AppendAsync(sequence, batch);
            else
                sequence--;
        }
        catch (Exception fault)
        {
            Break(fault, batch);
            return;
        }
        _sequence = sequence;
        if (snapshot is not null)
            Snapshotting = SnapshotAsync(sequence, snapshot);
        OnWritten([.. batch.SelectMany(e => e.Told)], _timing.Time.GetElapsedTime(started));
        foreach (Entry entry in batch)
        {
            entry.Done.TrySetResult();
            OnActions(entry.Actions);
        }
    }

    // After batch 64, 96, 144 ...: replay reads at most half as many batches as its snapshot holds, and each event pays O(1).
    private bool SnapshotDue(long sequence) => !_snapshotting && sequence >= Math.Max(FirstSnapshot, _snapshotSequence * 3 / 2);

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
    private async Task AppendAsync(long sequence, Entry[] batch)
    {
        Guid id = Guid.NewGuid();
        List<ReadOnlyMemory<byte>> lines = [.. batch.SelectMany(e => e.Lines)];
        for (int failed = 1; ; failed++)
        {
            try
            {
                AppendResult result = await StoreCall.WithinAsync(
                    _timing.WriteTimeout, _timing, token => _journal.AppendAsync(sequence, id, lines, token), _closed);
                if (result == AppendResult.Stale)
                    throw new StaleActivationException(sequence);
                if (Stalled is not null)
                    OnStalled(Stalled = null);
                return;
            }
            catch (Exception fault) when (StoreRetry.MayPass(fault))
            {
                if (Stalled is null)
                    OnStalled(fault.Message);
                Stalled = fault.Message;
                OnRetry();
                TellToComeBack(batch.Concat(_waiting));
            }
            // What kept the store from answering is seldom over at once.
            await Task.Delay(StoreRetry.Wait(failed, _timing), _timing.Time, _closed);
        }
    }

    // Their events stay where they are, and become durable when the store takes them.
    private void TellToComeBack(IEnumerable<Entry> entries)
    {
        SweepUnavailableException later = new($"The sweep's journal cannot be written at the moment ({Stalled}); it is tried again until it can. Try again.");
        foreach (Entry entry in entries.Where(e => _timing.Time.GetElapsedTime(e.At) >= _timing.AnswerWithin))
            entry.Done.TrySetException(later);
    }

    private void Break(Exception fault, IReadOnlyList<Entry> batch)
    {
        Broken = fault;
        SweepUnavailableException refusal = new($"The sweep's journal could not be written ({fault.Message}); try again.");
        foreach (Entry entry in batch.Concat(_waiting))
            entry.Done.TrySetException(refusal);
        _waiting.Clear();
        OnBroken(fault);
    }

    private sealed class Entry
    {
        public List<ReadOnlyMemory<byte>> Lines { get; } = [];

        public List<SweepAction> Actions { get; } = [];

        public List<Told> Told { get; } = [];

        /// <summary>When it began to wait.</summary>
        public required long At { get; init; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Another activation has written this sequence number: this one is stale.</summary>
internal sealed class StaleActivationException(long sequence)
    : Exception($"Another activation has written batch {sequence} of the journal.");
