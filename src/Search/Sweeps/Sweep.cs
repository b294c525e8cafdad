using System.Collections.Immutable;
using CatGan.Search.Pruners;

namespace CatGan.Search;

/// <summary>
/// A sweep as a pure state machine: events in, actions out. It knows no clock and no store, and its only chance is a
/// seeded generator that belongs to its state, so that the same events always lead to the same state. Not thread-safe;
/// the <see cref="Experiment"/> records that it shows are immutable.
/// </summary>
/// <example>
/// <code>
/// Sweep sweep = Sweep.Start(submitted, out var actions);     // journal, then perform the actions
/// if (sweep.Refusal(report) is null)
///     actions = sweep.Apply(report);                         // journal, then perform the actions
/// </code>
/// </example>
public sealed partial class Sweep
{
    private readonly ConfigurationResults _results;
    private readonly IPruning _pruning;
    private readonly Roster _roster;
    private ConfigurationSource _source;
    private int _lastNotice;

    private Sweep(SweepDefinition definition, DateTimeOffset submittedAt, ConfigurationSource source)
    {
        Definition = definition;
        Submitted = definition;
        (SubmittedAt, ProgressAt) = (submittedAt, submittedAt);
        _source = source;
        _results = new ConfigurationResults(definition.Objective, definition.Repeats);
        _pruning = PrunerCatalogue.Start(definition);
        _roster = new Roster(definition.Objective, _pruning) { Results = source.Learns ? _results : null };
    }

    /// <summary>What it runs, as a person has changed it since it was submitted.</summary>
    public SweepDefinition Definition { get; private set; }

    /// <summary>What was submitted.</summary>
    public SweepDefinition Submitted { get; }

    /// <summary>How often a person has extended it.</summary>
    public int Extensions { get; private set; }

    /// <summary>Number of its marker in the store: another one each time that it was given something to do after its end.</summary>
    public int Marker { get; private set; }

    /// <summary>What its webhook is still to be told, in order.</summary>
    public ImmutableArray<Notice> Notices { get; private set; } = [];

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset SubmittedAt { get; }

    /// <summary>When it came to its end; null before.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>
    /// When its journal last had something new to show: a start of an attempt, a checkpoint, a rung or an end, or a person
    /// who let it go on or gave it more.
    /// </summary>
    public DateTimeOffset ProgressAt { get; private set; }

    /// <summary>Where it is in its life.</summary>
    public SweepStage Stage { get; private set; }

    /// <summary>Slots that the pool has.</summary>
    public int Capacity { get; private set; }

    /// <summary>Why it was cancelled; null when it was not.</summary>
    public string? CancelReason { get; private set; }

    /// <summary>The experiments that have numbers so far; number n is at n - 1.</summary>
    public IReadOnlyList<Experiment> Experiments => _roster.All;

    /// <summary>Experiments in all, those without a number yet included.</summary>
    public int Total => _source.Total * Definition.Repeats;

    /// <summary>The experiment with the best full score so far, the lowest number of equals; null before the first.</summary>
    public Experiment? Best => _roster.Best;

    /// <summary>Images shown, all experiments together, as far as the journal knows.</summary>
    public long Images => _roster.Images;

    /// <summary>Numbers of the experiments that are offered or run, ascending.</summary>
    public ImmutableArray<int> Active => [.. _roster.Active];

    /// <summary>True when it has come to its end, finished or cancelled.</summary>
    public bool HasEnded => Stage is SweepStage.Finished or SweepStage.Cancelled;

    /// <summary>Experiments that wait, those without a number yet included; of a cancelled sweep none do.</summary>
    public int WaitingCount => Stage is SweepStage.Cancelling or SweepStage.Cancelled ? 0 : Total - RunningCount - EndedCount - PausedCount;

    /// <summary>Experiments that are paused one by one, by a pruner or a person.</summary>
    public int PausedCount => _roster.CountOf(ExperimentStage.Paused);

    /// <summary>Experiments that an attempt trains.</summary>
    public int RunningCount => _roster.CountOf(ExperimentStage.Running);

    /// <summary>Experiments that have an outcome.</summary>
    public int EndedCount => _roster.CountOf(ExperimentStage.Ended);

    /// <summary>Experiments that ended with this outcome.</summary>
    public int CountOf(ExperimentOutcome outcome) => _roster.CountOf(outcome);

    /// <summary>
    /// Told of each experiment that is new or has changed, also several times in one event, so that who shows the sweep need
    /// not look at all of them again. Null for nobody.
    /// </summary>
    public Action<Experiment>? OnChange
    {
        get => _roster.OnChange;
        set => _roster.OnChange = value;
    }

    /// <summary>
    /// The configurations that have numbers: first the ranked ones, best first, by the mean of their repeats' best
    /// objective; then those with repeats still to come; then those with a repeat that gave nothing to compare.
    /// </summary>
    public IReadOnlyList<ConfigurationRank> Ranking() => Search.Ranking.Of(Definition.Objective, Experiments);

    /// <summary>The same of experiments that were read before.</summary>
    /// <param name="objective">What they are compared by.</param>
    /// <param name="experiments">All experiments that have numbers.</param>
    public static IReadOnlyList<ConfigurationRank> Ranking(Objective objective, IReadOnlyList<Experiment> experiments) => Search.Ranking.Of(objective, experiments);

    /// <summary>A sweep at its start.</summary>
    /// <param name="submitted">The first event.</param>
    /// <param name="actions">What it wants done.</param>
    /// <exception cref="ArgumentException">The definition has faults; the message names them.</exception>
    public static Sweep Start(SweepSubmitted submitted, out IReadOnlyList<SweepAction> actions)
    {
        IReadOnlyList<SpecFault> faults = submitted.Definition.Faults();
        if (faults.Count > 0)
            throw new ArgumentException($"The definition has {faults.Count} faults: {string.Join("; ", faults)}", nameof(submitted));
        Sweep sweep = new(submitted.Definition, submitted.At, ConfigurationSource.Start(submitted.Definition)) { Capacity = Math.Max(0, submitted.Capacity) };
        List<SweepAction> wanted = [];
        sweep.FillPlaces(wanted);
        actions = wanted;
        return sweep;
    }

    /// <summary>Takes an event in. The state is the new one at once; perform the actions when the event is durable.</summary>
    /// <returns>What the event calls for, beyond what was called for before.</returns>
    /// <exception cref="InvalidOperationException">The event is one that <see cref="Refusal"/> refuses.</exception>
    public IReadOnlyList<SweepAction> Apply(SweepEvent sweepEvent)
    {
        if (Refusal(sweepEvent) is { } refusal)
            throw new InvalidOperationException($"The event {sweepEvent.GetType().Name} is refused: {refusal}.");
        List<SweepAction> actions = [];
        Handle(sweepEvent, actions);
        Note(sweepEvent);
        FillPlaces(actions);
        Settle(sweepEvent.At, actions);
        return actions;
    }

    /// <summary>
    /// Everything that the present state calls for: what all actions so far come to, less what events have done. To be
    /// performed by an activation that has just read the journal.
    /// </summary>
    public IReadOnlyList<SweepAction> Pending()
    {
        List<SweepAction> actions = [];
        foreach (Experiment experiment in _roster.Active.Select(n => _roster[n]))
        {
            if (experiment.Stage == ExperimentStage.Offered)
                actions.Add(StartExperiment.Next(experiment));
            else if (StopOf(experiment) is { } stop)
                actions.Add(stop);
        }
        actions.AddRange(_roster.Deleting.Select(n => new DeleteCheckpoints(n, _roster[n].Deleting)));
        actions.AddRange(Notices.Select(n => new SendNotice(n.Id)));
        if (HasEnded && _roster.Deleting.Count == 0)
            actions.Add(new FinishSweep());
        return actions;
    }
}
