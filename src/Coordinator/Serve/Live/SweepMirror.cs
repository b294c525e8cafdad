using CatGan.Abstractions;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>
/// A sweep kept up to date from its journal, once for all who look at it. A look costs one attempt to read the next
/// batch, and no call to a silo. What it shows are <see cref="SweepView"/>s, which never change.
/// </summary>
internal sealed class SweepMirror(string id, IBlobStore store, TimeProvider time) : IDisposable
{
    // A batch that is not there may have been folded into a snapshot. To look for one costs a listing. Who looks seldom
    // must not be shown what was true at the look before: so it is not a matter of looks alone.
    private const int QuietLooks = 10;
    private static readonly TimeSpan SnapshotFresh = TimeSpan.FromSeconds(5);

    private readonly Journal _journal = new(store, StoreLayout.Journal(id));
    private readonly SemaphoreSlim _gate = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Experiment> _experiments = [];
    private readonly List<ExperimentRecord> _records = [];
    private readonly HashSet<int> _changed = [];
    private Sweep? _sweep;
    private long _sequence;
    private int _quiet;
    private long _snapshotsAt;
    private bool _missed;
    private Seen? _seen;

    /// <summary>Told of the events that a look found, in order; null after the sweep was read anew, so that some may have been missed.</summary>
    public Action<IReadOnlyList<JournalEntry>?>? OnEvents { get; set; }

    /// <summary>Experiments that the mirror holds in memory.</summary>
    public int Size => _experiments.Count;

    /// <summary>The sweep as the journal has it; null when it has none.</summary>
    /// <param name="maxAge">How long ago the journal may have been looked at.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    /// <exception cref="SweepFormatException">The journal was written by a version that this one does not understand.</exception>
    public async Task<SweepView?> GetAsync(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        if (_seen is { } seen && time.GetElapsedTime(seen.At) < maxAge)
            return seen.View;
        await _gate.WaitAsync(cancellationToken);
        // A look goes on when whoever asked for it leaves: what it finds is for the others too, and is found once.
        return await Background.Run(() => LookAsync(maxAge)).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _gate.Dispose();
    }

    private async Task<SweepView?> LookAsync(TimeSpan maxAge)
    {
        try
        {
            if (_seen is { } meanwhile && time.GetElapsedTime(meanwhile.At) < maxAge)
                return meanwhile.View;
            long at = time.GetTimestamp();
            if (_sweep is null || _missed)
                await LoadAsync(_end.Token);
            else
                await FollowAsync(_end.Token);
            _seen = new(at, _sweep is null ? null : _seen?.View is { } view && view.Sequence == _sequence ? view : MakeView(_sweep));
            return _seen.View;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (await TakeNewAsync(cancellationToken))
        {
            _quiet = 0;
        }
        else if (++_quiet % QuietLooks == 0 || time.GetElapsedTime(_snapshotsAt) >= SnapshotFresh)
        {
            _snapshotsAt = time.GetTimestamp();
            _missed = await _journal.NewestSnapshotAsync(cancellationToken) > _sequence;
            if (_missed)
                await LoadAsync(cancellationToken);
        }
    }

    private async Task<bool> TakeNewAsync(CancellationToken cancellationToken)
    {
        List<JournalEntry> found = [];
        try
        {
            while (await _journal.ReadBatchAsync(_sequence + 1, cancellationToken) is { } batch)
                found.AddRange(Take(batch));
        }
        finally
        {
            // What was taken is told even where the next batch cannot be read: no later look finds it again.
            if (found.Count > 0)
                OnEvents?.Invoke(found);
        }
        return found.Count > 0;
    }

    private IEnumerable<JournalEntry> Take(JournalBatch batch)
    {
        try
        {
            JournalEntry[] entries = [.. JournalEntry.Of(batch)];
            foreach (JournalEntry entry in entries)
                _sweep!.Apply(entry.Event);
            _sequence = batch.Sequence;
            return entries;
        }
        catch
        {
            (_sweep, _missed) = (null, true); // half of a batch is in it
            throw;
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        JournalReplay replay = await _journal.ReadAsync(cancellationToken);
        _sweep = StoredSweep.Replay(replay);
        _sequence = replay.LastSequence;
        _snapshotsAt = time.GetTimestamp();
        _experiments.Clear();
        _records.Clear();
        _changed.Clear();
        _seen = null;
        if (_sweep is not null)
        {
            foreach (Experiment experiment in _sweep.Experiments)
                Put(experiment);
            // Ended experiments lie packed in the sweep: each is read again only when it changes.
            _sweep.OnChange = experiment => _changed.Add(experiment.Number);
        }
        if (!_missed)
            return;
        _missed = false;
        OnEvents?.Invoke(null);
    }

    private SweepView MakeView(Sweep sweep)
    {
        foreach (int number in _changed.Order())
            Put(sweep.Experiments[number - 1]);
        _changed.Clear();
        return new SweepView(id, _sequence, sweep, [.. _experiments], [.. _records]);
    }

    private void Put(Experiment experiment)
    {
        ExperimentRecord record = ExperimentRecords.Of(experiment, _sweep!.Definition.Objective, [], []);
        if (experiment.Number > _experiments.Count)
        {
            _experiments.Add(experiment);
            _records.Add(record);
        }
        else
        {
            _experiments[experiment.Number - 1] = experiment;
            _records[experiment.Number - 1] = record;
        }
    }

    private sealed record Seen(long At, SweepView? View);
}
