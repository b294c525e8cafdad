using CatGan.Search.Pruners;

namespace CatGan.Search;

/// <summary>
/// All experiments of a sweep, and whatever must be known about all of them together. Everything else follows from the
/// experiments: each change goes through <see cref="Set"/>, which brings counters and queues up to date in at most
/// logarithmic time, so that no event needs a look at all experiments.
/// </summary>
internal sealed class Roster(Objective objective, IPruning pruning)
{
    private readonly ExperimentShelf _all = new();
    private readonly int[] _stages = new int[Enum.GetValues<ExperimentStage>().Length];
    private readonly int[] _outcomes = new int[Enum.GetValues<ExperimentOutcome>().Length];

    /// <summary>All experiments; number n is at n - 1.</summary>
    public IReadOnlyList<Experiment> All => _all;

    /// <summary>Experiments that wait for a place: those that ran before first, then by number.</summary>
    public SortedSet<(bool Fresh, int Number)> Waiting { get; } = [];

    /// <summary>Numbers of experiments that are offered or run.</summary>
    public SortedSet<int> Active { get; } = [];

    /// <summary>Numbers of experiments that are paused, by their source.</summary>
    public SortedSet<(PauseSource By, int Number)> Paused { get; } = [];

    /// <summary>Numbers of experiments that have checkpoints to delete.</summary>
    public SortedSet<int> Deleting { get; } = [];

    /// <summary>Experiments that ended and have checkpoints which nobody pinned, the best first; those without a score last.</summary>
    public SortedSet<(double Rank, int Number)> Keeping { get; } = [];

    /// <summary>The experiment with the best score so far, the first of equals; null before the first score.</summary>
    public Experiment? Best { get; private set; }

    /// <summary>Scores of configurations, to be kept up to date; null when nobody learns from them.</summary>
    public ConfigurationResults? Results { get; init; }

    /// <summary>Told of each experiment that is new or has changed.</summary>
    public Action<Experiment>? OnChange { get; set; }

    /// <summary>Images shown, all experiments together.</summary>
    public long Images { get; private set; }

    public Experiment this[int number] => _all[number - 1];

    /// <summary>All experiments at this moment, for a snapshot.</summary>
    public ExperimentShelf.Slot[] Capture() => _all.Capture();

    public bool Has(int number) => number >= 1 && number <= _all.Count;

    public int CountOf(ExperimentStage stage) => _stages[(int)stage];

    public int CountOf(ExperimentOutcome outcome) => _outcomes[(int)outcome];

    public void Add(Experiment experiment)
    {
        if (experiment.Number != _all.Count + 1)
            throw new InvalidOperationException($"Experiment {experiment.Number} came where {_all.Count + 1} is next.");
        _all.Add(experiment);
        Count(experiment, 1);
        pruning.Set(null, experiment);
        OnChange?.Invoke(experiment);
    }

    /// <summary>Puts the experiment in place of what it was before.</summary>
    public void Set(Experiment experiment)
    {
        Experiment before = this[experiment.Number];
        Count(before, -1);
        _all.Set(experiment);
        Count(experiment, 1);
        if (Best?.Number == experiment.Number && experiment.BestScore is null)
            LookForBest();
        pruning.Set(before, experiment);
        OnChange?.Invoke(experiment);
    }

    private void Count(Experiment experiment, int sign)
    {
        _stages[(int)experiment.Stage] += sign;
        if (experiment.Outcome is { } outcome)
            _outcomes[(int)outcome] += sign;
        Images += sign * experiment.Images;
        Enlist(Waiting, (experiment.Epoch == 0, experiment.Number), sign > 0 && experiment.Stage == ExperimentStage.Waiting);
        Enlist(Active, experiment.Number, sign > 0 && experiment.Stage is ExperimentStage.Offered or ExperimentStage.Running);
        if (experiment is { Stage: ExperimentStage.Paused, PausedBy: { } source })
            Enlist(Paused, (source, experiment.Number), sign > 0);
        Enlist(Deleting, experiment.Number, sign > 0 && !experiment.Deleting.IsEmpty);
        Enlist(Keeping, (Rank(experiment), experiment.Number), sign > 0 && experiment.Stage == ExperimentStage.Ended && experiment.Checkpoints.Any(c => !c.Pinned));
        if (sign <= 0)
            return;
        Compare(experiment);
        Results?.Update(experiment, _all);
    }

    private double Rank(Experiment experiment) =>
        experiment.BestScore is { } score ? (objective.Minimize ? score : -score) : double.PositiveInfinity;

    private static void Enlist<T>(SortedSet<T> set, T item, bool member)
    {
        if (member)
            set.Add(item);
        else
            set.Remove(item);
    }

    // A person had the best one start afresh: rare enough for a look at all.
    private void LookForBest()
    {
        Best = null;
        foreach (Experiment experiment in _all)
            Compare(experiment);
    }

    // A best score else only ever gets better, so the best of all needs no second look at the others.
    private void Compare(Experiment experiment)
    {
        if (experiment.BestScore is not { } score)
            return;
        bool first = Best?.BestScore == score && experiment.Number <= Best.Number;
        if (first || objective.IsBetter(score, Best?.BestScore))
            Best = experiment;
    }
}
