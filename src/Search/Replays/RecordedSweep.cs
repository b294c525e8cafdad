using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>A finished sweep whose experiments all trained to their ends, so that one can tell what another pruner would have seen.</summary>
/// <param name="Objective">What experiments are compared by.</param>
/// <param name="BudgetImages">Images of an experiment.</param>
/// <param name="Rungs">The rungs, at which full scores were taken.</param>
/// <param name="Curves">Every experiment: of each configuration as many repeats as of the others, in order.</param>
public sealed record RecordedSweep(Objective Objective, long BudgetImages, ImmutableArray<long> Rungs, ImmutableArray<RecordedCurve> Curves)
{
    /// <summary>Experiments a configuration.</summary>
    public int Repeats => Curves.Length == 0 ? 1 : Curves.Count(c => c.ConfigurationIndex == Curves[0].ConfigurationIndex);

    /// <summary>Images of all experiments.</summary>
    public long Images => Curves.Sum(c => c.End.Images);

    /// <summary>What a sweep left.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="fault">Why another pruner cannot be tried on it, for people; null when it can.</param>
    /// <returns>Null when there is a fault.</returns>
    public static RecordedSweep? Of(Sweep sweep, out string? fault)
    {
        fault = Fault(sweep);
        if (fault is not null)
            return null;
        SweepDefinition definition = sweep.Definition;
        // Of experiments that are there several times the order is that of their numbers, so configurations come together.
        return new(definition.Objective, definition.BudgetImages, definition.Rungs, [.. sweep.Experiments.Select(e => Curve(definition, e))]);
    }

    private static string? Fault(Sweep sweep)
    {
        SweepDefinition definition = sweep.Definition;
        int stopped = sweep.Experiments.Count(e => e.Outcome == ExperimentOutcome.Stopped && e.Flags.IsEmpty);
        string judge = definition.Pruner?.Name ?? "patience";
        return sweep switch
        {
            { HasEnded: false } => $"it has not ended ({sweep.EndedCount} of {sweep.Total} experiments have); simulate it when it has",
            { Stage: SweepStage.Cancelled } => "it was cancelled, so that nobody knows how its experiments would have gone on",
            _ when stopped > 0 => $"it was run with {judge}, which stopped {stopped} of its {sweep.Total} experiments, and nobody knows how they would have gone on; run a sweep without pruner and patience",
            _ when definition.Rungs.IsEmpty => "it has no rungs, so that there are no scores to judge by; run a sweep with rungs",
            _ when sweep.CountOf(ExperimentOutcome.Cancelled) is > 0 and var n => $"{n} of its experiments were cancelled, and nobody knows how they would have gone on",
            _ => null,
        };
    }

    private static RecordedCurve Curve(SweepDefinition definition, Experiment experiment)
    {
        IEnumerable<Rung> rungs = experiment.Rungs.Where(r => r.Images < experiment.Images).OrderBy(r => r.Images);
        return new(
            experiment.ConfigurationIndex,
            experiment.Repeat,
            Label(definition, experiment),
            [.. rungs.Select(r => new RecordedScore(r.Images, Seconds(experiment, r), definition.Objective.In(r.Scores)))],
            new(experiment.Outcome!.Value, experiment.Images, experiment.Seconds, experiment.ScoreAt(definition.Objective, experiment.Images)));
    }

    /// <summary>A journal of an earlier version does not tell; training goes at much the same speed from start to end.</summary>
    private static double Seconds(Experiment experiment, Rung rung) =>
        rung.Seconds ?? experiment.Seconds * rung.Images / Math.Max(1, experiment.Images);

    private static string Label(SweepDefinition definition, Experiment experiment) => string.Join(
        ' ',
        experiment.Configuration.Where(v => definition.Space.Find(v.Key) is not FixedParameter).Select(v => v.Key == "preset" ? v.Value : $"{v.Key}={v.Value}"));
}
