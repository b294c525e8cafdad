using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Search;

namespace CatGan.Coordinator.Results;

/// <summary>Puts together what the journal and the curves say of an experiment.</summary>
internal static class ExperimentRecords
{
    /// <summary>The record of an experiment.</summary>
    /// <param name="experiment">What the journal knows.</param>
    /// <param name="objective">What experiments are compared by.</param>
    /// <param name="curves">Its attempts' reports by rising epoch.</param>
    /// <param name="samples">Its sample grids, in any order.</param>
    public static ExperimentRecord Of(
        Experiment experiment, Objective objective, IReadOnlyList<AttemptCurve> curves, ImmutableArray<SampleBlob> samples)
    {
        bool silent = experiment.Stage == ExperimentStage.Running && !curves.Any(c => c.Epoch == experiment.Epoch && !c.Points.IsEmpty);
        // What was trained past a pause or a verdict is dropped: the journal says where that was.
        bool dropped = experiment.Stage == ExperimentStage.Paused || experiment.Outcome == ExperimentOutcome.Stopped;
        long? resume = dropped ? experiment.Images : silent && experiment.Epoch > 1 ? experiment.LastCheckpoint?.Images ?? 0 : null;
        ImmutableArray<CurvePoint> curve = CurveCut.Join(curves, resume);
        CurvePoint? last = experiment.Stage == ExperimentStage.Ended || curve.IsEmpty ? null : curve[^1];
        Rung? final = experiment.Rungs.LastOrDefault(r => r.Scores.ContainsKey(objective.Metric));
        return new ExperimentRecord
        {
            Number = experiment.Number,
            Configuration = experiment.ConfigurationIndex,
            Repeat = experiment.Repeat,
            Seed = experiment.Seed,
            Settings = experiment.Configuration.Values,
            Options = ExperimentSettings.Create(experiment.Configuration, out _),
            Phase = Phase(experiment.Stage),
            Outcome = experiment.Outcome is { } outcome ? Outcome(outcome) : null,
            Reason = experiment.Reason ?? experiment.PauseReason ?? "",
            Flags = Flags(experiment, curve),
            Attempts = experiment.Epoch,
            Worker = experiment.Attempts.IsEmpty ? "" : experiment.Attempts[^1].Worker,
            // The journal knows of a running experiment only what its last checkpoint told.
            Images = Math.Max(experiment.Images, last?.Images ?? 0),
            Updates = Math.Max(experiment.Updates, last?.Updates ?? 0),
            Seconds = Math.Max(experiment.Seconds, last?.Seconds ?? 0),
            Final = final is null ? null : Score(curve, final.Images, objective.Metric, final.Scores[objective.Metric]),
            Best = experiment is { BestScore: { } best, BestImages: { } at } ? new ScoreAt(Score(curve, at, objective.Metric, best), at) : null,
            Interim = experiment is { BestScore: null, Stage: not ExperimentStage.Ended } ? Interim(curve, objective.Metric) : null,
            Curve = curve,
            Samples = CurveCut.Join(samples, curves, resume),
        };
    }

    private static ScoreAt? Interim(ImmutableArray<CurvePoint> curve, string metric) =>
        curve.LastOrDefault(p => p.Scores.TryGetValue(metric, out Score? score) && double.IsFinite(score.Value)) is { } point
            ? new ScoreAt(point.Scores[metric], point.Images)
            : null;

    // The journal holds a full score's value; its floor, spread and counts are in the curve.
    private static Score Score(ImmutableArray<CurvePoint> curve, long images, string metric, double value) =>
        curve.LastOrDefault(p => p.Full && p.Images == images && p.Scores.ContainsKey(metric))?.Scores[metric]
            ?? new Score(value, double.NaN, double.NaN, 0, 0);

    // An end that the attempt did not report itself (patience, a cancel) leaves no flags in the journal. The first reason stays.
    private static ImmutableSortedDictionary<string, string> Flags(Experiment experiment, ImmutableArray<CurvePoint> curve) =>
        curve.Aggregate(experiment.Flags, (flags, point) => flags.AddRange(point.Flags.Where(f => !flags.ContainsKey(f.Key))));

    private static ExperimentPhase Phase(ExperimentStage stage) => stage switch
    {
        ExperimentStage.Running => ExperimentPhase.Running,
        ExperimentStage.Ended => ExperimentPhase.Ended,
        ExperimentStage.Paused => ExperimentPhase.Paused,
        _ => ExperimentPhase.Waiting,
    };

    private static Outcome Outcome(ExperimentOutcome outcome) => outcome switch
    {
        ExperimentOutcome.Completed => Abstractions.Experiments.Outcome.Completed,
        ExperimentOutcome.Stopped => Abstractions.Experiments.Outcome.Stopped,
        ExperimentOutcome.Diverged => Abstractions.Experiments.Outcome.Diverged,
        ExperimentOutcome.OutOfMemory => Abstractions.Experiments.Outcome.OutOfMemory,
        ExperimentOutcome.Cancelled => Abstractions.Experiments.Outcome.Cancelled,
        _ => Abstractions.Experiments.Outcome.Failed,
    };
}
