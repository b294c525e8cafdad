using CatGan.Abstractions.Grains;
using CatGan.Grains.Workers;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// Writes a journal by group commit: one writer takes all that wait as one batch, and completes them together. Not
/// thread-safe: it belongs to one activation, whose scheduler runs it.
/// </summary>
/// <remarks>
/// While the store does not take a batch, it is tried again until it does, for minutes or for days; callers are told to
/// come back after a while, and no more than a bounded number waits. When another activation has written, it is
/// <see cref="Broken"/> for good.
/// </remarks>
internal sealed class GroupCommit : IDisposable
{
    private const int MostWaiting = 10_000;
    private readonly Journal _journal;
    private readonly GrainsTiming _timing;
    private readonly LedgerHooks _hooks;
    private readonly LedgerSnapshots _snapshots;
    private readonly List<LedgerEntry> _waiting = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;
    private bool _writing;

    /// <summary>Nothing is written yet; <see cref="Sequence"/> tells where to go on.</summary>
    public GroupCommit(Journal journal, GrainsTiming timing, LedgerHooks hooks, LedgerSnapshots snapshots)
    {
        (_journal, _timing, _hooks, _snapshots) = (journal, timing, hooks, snapshots);
        // A call that comes after the end is refused by it, where the source itself is gone.
        _closed = _closing.Token;
    }

    /// <summary>The last batch that is durable.</summary>
    public long Sequence { get; set; }

    /// <summary>The state as a snapshot would keep it, called before the first batch that it does not hold.</summary>
    public required Func<SweepCapture> Capture { get; init; }

    /// <summary>Why nothing can be journaled any more; null while all is well.</summary>
    public Exception? Broken { get; private set; }

    /// <summary>Why the store does not take the journal at the moment; null while it does.</summary>
    public string? Stalled { get; private set; }

    /// <exception cref="SweepUnavailableException">Nothing can be journaled any more.</exception>
    public void ThrowIfBroken()
    {
        if (Broken is { } fault)
            throw Unavailable(fault);
    }

    /// <exception cref="SweepUnavailableException">Nothing can be journaled any more, or too much waits for the store.</exception>
    public void ThrowIfFull()
    {
        ThrowIfBroken();
        if (_waiting.Count >= MostWaiting)
            throw new SweepUnavailableException($"{_waiting.Count} changes wait for the journal, which the store does not take ({Stalled}); try again later.");
    }

    /// <summary>A new entry, which begins to wait now.</summary>
    public LedgerEntry Entry() => new() { At = _timing.Time.GetTimestamp() };

    /// <summary>Completes when the entry's lines, and all before them, are durable.</summary>
    public Task EnqueueAsync(LedgerEntry entry)
    {
        _waiting.Add(entry);
        if (!_writing)
            WriteAsync().Ignore();
        return entry.Done.Task;
    }

    /// <summary>Completes when all that was enqueued so far is durable.</summary>
    public Task FlushedAsync()
    {
        ThrowIfBroken();
        return _writing ? EnqueueAsync(Entry()) : Task.CompletedTask;
    }

    /// <summary>Gives up what is not durable.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
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
        LedgerEntry[] batch = [.. _waiting];
        _waiting.Clear();
        List<ReadOnlyMemory<byte>> lines = [.. batch.SelectMany(e => e.Lines)];
        long sequence = lines.Count > 0 ? Sequence + 1 : Sequence;
        // Taken now, because the state is the one after this batch only until the next event comes.
        SweepCapture? snapshot = lines.Count > 0 && _snapshots.Due(sequence) ? Capture() : null;
        long started = _timing.Time.GetTimestamp();
        try
        {
            if (lines.Count > 0)
                await AppendAsync(sequence, lines, batch);
        }
        catch (Exception fault)
        {
            Break(fault, batch);
            return;
        }
        Sequence = sequence;
        if (snapshot is not null)
            _snapshots.Begin(sequence, snapshot);
        _hooks.OnWritten([.. batch.SelectMany(e => e.Told)], _timing.Time.GetElapsedTime(started));
        foreach (LedgerEntry entry in batch)
        {
            entry.Done.TrySetResult();
            _hooks.OnActions(entry.Actions);
        }
    }

    // A try that failed may have written all the same: the batch id tells, so that trying again is safe.
    private async Task AppendAsync(long sequence, List<ReadOnlyMemory<byte>> lines, LedgerEntry[] batch)
    {
        Guid id = Guid.NewGuid();
        for (int failed = 1; ; failed++)
        {
            try
            {
                AppendResult result = await StoreCall.WithinAsync(
                    _timing.WriteTimeout, _timing, token => _journal.AppendAsync(sequence, id, lines, token), _closed);
                if (result == AppendResult.Stale)
                    throw new StaleActivationException(sequence);
                if (Stalled is not null)
                    _hooks.OnStalled(Stalled = null);
                return;
            }
            catch (Exception fault) when (StoreRetry.MayPass(fault))
            {
                if (Stalled is null)
                    _hooks.OnStalled(fault.Message);
                Stalled = fault.Message;
                _hooks.OnRetry();
                TellToComeBack(batch.Concat(_waiting));
            }
            // What kept the store from answering is seldom over at once.
            await Task.Delay(StoreRetry.Wait(failed, _timing), _timing.Time, _closed);
        }
    }

    // Their events stay where they are, and become durable when the store takes them.
    private void TellToComeBack(IEnumerable<LedgerEntry> entries)
    {
        SweepUnavailableException later = new($"The sweep's journal cannot be written at the moment ({Stalled}); it is tried again until it can. Try again.");
        foreach (LedgerEntry entry in entries.Where(e => _timing.Time.GetElapsedTime(e.At) >= _timing.AnswerWithin))
            entry.Done.TrySetException(later);
    }

    private void Break(Exception fault, IReadOnlyList<LedgerEntry> batch)
    {
        Broken = fault;
        SweepUnavailableException refusal = Unavailable(fault);
        foreach (LedgerEntry entry in batch.Concat(_waiting))
            entry.Done.TrySetException(refusal);
        _waiting.Clear();
        _hooks.OnBroken(fault);
    }

    private static SweepUnavailableException Unavailable(Exception fault) =>
        new($"The sweep's journal could not be written ({fault.Message}); try again.");
}

/// <summary>Another activation has written this sequence number: this one is stale.</summary>
internal sealed class StaleActivationException(long sequence)
    : Exception($"Another activation has written batch {sequence} of the journal.");
