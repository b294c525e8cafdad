namespace CatGan.Search.Tests;

/// <summary>
/// Everything around a sweep, in memory: a journal with snapshots, a store, a pool of slots, attempts, and a scheduler
/// that picks by a seed what happens next. It holds each event and action against what must always be true.
/// </summary>
internal sealed class World
{
    private const int SnapshotEvery = 7;
    private readonly SearchRandom _random;
    private readonly int _slots;
    private readonly List<byte[]> _journal = [];
    private readonly HashSet<string> _store = [];
    private readonly SortedDictionary<int, int> _queue = [];
    private readonly List<Run> _runs = [];
    private readonly List<DeleteCheckpoints> _deletions = [];
    private (byte[] State, int Events) _snapshot;
    private bool _answered;

    public World(SweepDefinition definition, int slots, ulong seed)
    {
        _random = new SearchRandom(seed);
        _slots = slots;
        SweepSubmitted submitted = new(TestDefinitions.Noon, definition, slots);
        Sweep = Sweep.Start(submitted, out IReadOnlyList<SweepAction> actions);
        _journal.Add(SweepEvents.Write(submitted));
        _snapshot = (Sweep.Snapshot(), 1);
        Perform(actions);
    }

    public Sweep Sweep { get; private set; }

    public bool HasMarker { get; private set; } = true;

    /// <summary>Events so far.</summary>
    public int Events => _journal.Count;

    /// <summary>What dies after the event of this count; asked after each.</summary>
    public Func<int, Crash?> CrashAfter { get; init; } = _ => null;

    /// <summary>What a person does after the event of this count; asked between events.</summary>
    public Func<int, SweepEvent?> Person { get; init; } = _ => null;

    /// <summary>Plays until nothing is left to do.</summary>
    public World Play()
    {
        int asked = 0;
        for (int i = 0; i < 100_000; i++)
        {
            GiveUpOrphans();
            if (asked < Events && Person(asked = Events) is { } wish && Sweep.Refusal(wish) is null)
                Post(wish);
            else if (!Step())
                return this;
        }
        throw new InvalidOperationException("The sweep does not come to an end.");
    }

    /// <summary>A person resumes the sweep.</summary>
    public void Resume() => Post(new Resumed(TestDefinitions.Noon));

    /// <summary>A person does something, if the sweep does not refuse it.</summary>
    public void Do(SweepEvent wish)
    {
        if (Sweep.Refusal(wish) is null)
            Post(wish);
    }

    /// <summary>What must be the same whatever happened on the way.</summary>
    public string Result() => string.Join('\n', [
        .. Sweep.Experiments.Select(e => $"{e.Number} {e.Configuration} repeat {e.Repeat} seed {e.Seed} {e.Outcome} {e.Reason} {e.Images} best {e.BestScore} at {e.BestImages} rungs {string.Join(' ', e.Rungs.Select(r => $"{r.Images}:{r.Scores["swd"]}"))}"),
        .. Sweep.Ranking().Select(r => $"{r.Place} {r.Standing} {r.Configuration} {r.Mean} {r.Spread} {r.Reason}"),
        $"best {Sweep.Best?.Number} stage {Sweep.Stage} images {Sweep.Images}"]);

    /// <summary>How often the journal ends each experiment.</summary>
    public Dictionary<int, int> Ends() =>
        _journal.Select(line => SweepEvents.Read(line)).OfType<ExperimentEnded>().CountBy(e => e.Number).ToDictionary();

    public void AssertWholeAtTheEnd()
    {
        Assert.False(HasMarker);
        Assert.Empty(_runs);
        Assert.Equal(Enumerable.Range(1, Sweep.Experiments.Count), Sweep.Experiments.Select(e => e.Number));
        Assert.All(Sweep.Experiments, e => Assert.Equal(ExperimentStage.Ended, e.Stage));
        Assert.All(Ends(), e => Assert.Equal(1, e.Value));
        AssertNothingIsLeftOver();
    }

    public void AssertNothingIsLeftOver()
    {
        // No blob is left over, none that is needed is missing.
        Assert.Equal(Sweep.Experiments.SelectMany(e => e.Checkpoints).Select(c => c.Blob).Order(StringComparer.Ordinal), _store.Order(StringComparer.Ordinal));
        AssertReplaysExactly();
    }

    public void AssertReplaysExactly()
    {
        byte[] state = Sweep.Snapshot();
        Assert.Equal(state, Replay(fromStart: true).Snapshot());
        Assert.Equal(state, Replay(fromStart: false).Snapshot());
        Assert.Equal(state, Sweep.Restore(state).Snapshot());
    }

    /// <summary>A sweep that is restored anew before each event wants the same done as one that lived through all of them.</summary>
    public void AssertEachSnapshotDecidesAlike()
    {
        Sweep lived = Sweep.Start((SweepSubmitted)SweepEvents.Read(_journal[0]), out _);
        foreach (SweepEvent next in _journal.Skip(1).Select(line => SweepEvents.Read(line)))
        {
            Sweep restored = Sweep.Restore(lived.Snapshot());
            Assert.Equal(Words(lived.Apply(next)), Words(restored.Apply(next)));
            Assert.Equal(Words(lived.Pending()), Words(restored.Pending()));
        }
    }

    private static IEnumerable<string> Words(IReadOnlyList<SweepAction> actions) =>
        actions.Select(a => a is DeleteCheckpoints d ? $"delete {d.Number} {string.Join(' ', d.Blobs)}" : a.ToString());

    private bool Step()
    {
        int grants = _queue.Count > 0 && _runs.Count < _slots ? 1 : 0;
        int choices = grants + _runs.Count + _deletions.Count;
        if (choices == 0)
            return false;
        int choice = _random.Below(choices);
        if (choice < grants)
            Grant();
        else if (choice < grants + _runs.Count)
            Advance(_runs[choice - grants]);
        else
            Delete(_deletions[choice - grants - _runs.Count]);
        return true;
    }

    private void Grant()
    {
        (int number, int epoch) = _queue.First();
        _queue.Remove(number);
        Experiment experiment = Sweep.Experiments[number - 1];
        if (Sweep.Refusal(TestDefinitions.Started(number, epoch)) is not null)
            return;
        Assert.True(experiment.LastCheckpoint is null || _store.Contains(experiment.LastCheckpoint.Blob));
        Post(TestDefinitions.Started(number, epoch));
        if (_answered)
            _runs.Add(new Run(number, epoch) { Images = experiment.LastCheckpoint?.Images ?? 0 });
    }

    private void Advance(Run run)
    {
        Experiment experiment = Sweep.Experiments[run.Number - 1];
        SweepEvent report = run switch
        {
            // The verdict is out: what it does before it hears of its pause is dropped.
            { Stop.Keep: false } when experiment.PausedBy == PauseSource.Pruner && _random.Below(3) > 0 => FakeTrainer.Next(Sweep.Definition, experiment, run.Epoch, run.Images, run.Scored),
            { Stop: { Keep: true }, Left: false } => TestDefinitions.Saved(run.Number, run.Images + 1, run.Epoch),
            { Stop: not null } => TestDefinitions.Lost(run.Number, run.Epoch),
            _ => FakeTrainer.Next(Sweep.Definition, experiment, run.Epoch, run.Images, run.Scored),
        };
        string? blob = (report as CheckpointSaved)?.Blob;
        bool isNew = blob is not null && _store.Add(blob);
        if (Sweep.Refusal(report) is not null)
        {
            _runs.Remove(run);
            if (isNew)
                _store.Remove(blob!);
            return;
        }
        Post(report);
        if (_answered && _runs.Contains(run))
            Moved(run, report);
    }

    private void Moved(Run run, SweepEvent report)
    {
        switch (report)
        {
            case RungReached e: (run.Images, run.Scored) = (e.Images, true); break;
            case CheckpointSaved: (run.Scored, run.Left) = (false, run.Stop is not null); break;
            default: _runs.Remove(run); break;
        }
    }

    private void Delete(DeleteCheckpoints deletion)
    {
        _deletions.Remove(deletion);
        _store.ExceptWith(deletion.Blobs);
        Post(new CheckpointsDeleted(TestDefinitions.Noon, deletion.Number, deletion.Blobs));
    }

    private void Post(SweepEvent sweepEvent)
    {
        byte[] line = SweepEvents.Write(sweepEvent);
        IReadOnlyList<SweepAction> actions = Sweep.Apply(SweepEvents.Read(line));
        _journal.Add(line);
        Assert.True(Sweep.Active.Length <= Math.Min(_slots, Sweep.Definition.Slots ?? _slots));
        Crash? crash = CrashAfter(Events);
        _answered = crash is null or Crash.Silos or Crash.Network;
        if (_answered)
            Perform(actions);
        if (crash is { } kind)
            Happen(kind);
        else if (Events % SnapshotEvery == 0)
            _snapshot = (Sweep.Snapshot(), Events);
    }

    private void Happen(Crash crash)
    {
        if (crash is Crash.Everything or Crash.Silos)
            _runs.Clear();
        if (crash == Crash.Everything)
            _queue.Clear();
        if (crash == Crash.Network)
            _runs.ForEach(r => r.Cut = true);
        if (crash is Crash.Sweep or Crash.Everything)
        {
            _deletions.Clear();
            Sweep = Replay(fromStart: Events % 2 == 0);
            Perform(Sweep.Pending());
        }
    }

    /// <summary>Leases run out: the sweep hears of each attempt that has nobody, or nobody to be reached, behind it.</summary>
    private void GiveUpOrphans()
    {
        foreach (int number in Sweep.Active)
        {
            Experiment experiment = Sweep.Experiments[number - 1];
            if (experiment.Stage == ExperimentStage.Running && !_runs.Exists(r => r.Number == number && r.Epoch == experiment.Epoch && !r.Cut))
                Post(TestDefinitions.Lost(number, experiment.Epoch));
        }
    }

    private Sweep Replay(bool fromStart)
    {
        Sweep sweep = fromStart ? Sweep.Start((SweepSubmitted)SweepEvents.Read(_journal[0]), out _) : Sweep.Restore(_snapshot.State);
        foreach (byte[] line in _journal.Skip(fromStart ? 1 : _snapshot.Events))
            sweep.Apply(SweepEvents.Read(line));
        return sweep;
    }

    private void Perform(IReadOnlyList<SweepAction> actions)
    {
        foreach (SweepAction action in actions)
        {
            switch (action)
            {
                case StartExperiment a: _queue[a.Number] = a.Epoch; break;
                case StopExperiment a: _runs.Where(r => r.Number == a.Number).ToList().ForEach(r => r.Stop = a); break;
                case DeleteCheckpoints a:
                    Assert.DoesNotContain(Sweep.Experiments[a.Number - 1].LastCheckpoint?.Blob, a.Blobs);
                    _deletions.Add(a);
                    break;
                case FinishSweep:
                    Assert.True(Sweep.HasEnded);
                    Assert.Equal(0, Sweep.RunningCount);
                    HasMarker = false;
                    break;
            }
        }
    }

    private sealed class Run(int number, int epoch)
    {
        public int Number { get; } = number;

        public int Epoch { get; } = epoch;

        public long Images { get; set; }

        public bool Scored { get; set; }

        public StopExperiment? Stop { get; set; }

        public bool Left { get; set; }

        public bool Cut { get; set; }
    }
}
