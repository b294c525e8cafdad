using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>Compares configurations by the mean over their repeats.</summary>
internal static class Ranking
{
    public static IReadOnlyList<ConfigurationRank> Of(Objective objective, IReadOnlyList<Experiment> experiments)
    {
        List<ConfigurationRank> all = [.. experiments.GroupBy(e => e.ConfigurationIndex).Select(g => Judge([.. g]))];
        IEnumerable<ConfigurationRank> ranked = all.Where(r => r.Standing == RankStanding.Ranked)
            .OrderBy(r => objective.Minimize ? r.Mean : -r.Mean).ThenBy(r => r.Index).Select((r, i) => r with { Place = i + 1 });
        return [.. ranked, .. all.Where(r => r.Standing == RankStanding.Incomplete), .. all.Where(r => r.Standing == RankStanding.Failed)];
    }

    private static ConfigurationRank Judge(ImmutableArray<Experiment> repeats)
    {
        ImmutableArray<double> scores = [.. repeats.Select(e => e.BestScore).OfType<double>()];
        List<string> faults = [.. repeats.Where(HasNoResult).Select(Describe)];
        List<string> open = [.. repeats.Where(e => e.Stage != ExperimentStage.Ended).Select(e => $"experiment {e.Number} has not ended")];
        return new ConfigurationRank
        {
            Place = null,
            Standing = faults.Count > 0 ? RankStanding.Failed : open.Count > 0 ? RankStanding.Incomplete : RankStanding.Ranked,
            Reason = faults.Count + open.Count > 0 ? string.Join("; ", [.. faults, .. open]) : null,
            Index = repeats[0].ConfigurationIndex,
            Configuration = repeats[0].Configuration,
            Experiments = [.. repeats.Select(e => e.Number)],
            Scores = scores,
            Mean = scores.IsEmpty ? null : scores.Average(),
            Spread = Deviation(scores),
        };
    }

    private static bool HasNoResult(Experiment experiment) => experiment.Stage == ExperimentStage.Ended
        && (experiment.Outcome is not (ExperimentOutcome.Completed or ExperimentOutcome.Stopped) || experiment.BestScore is null);

    private static string Describe(Experiment experiment) =>
        $"experiment {experiment.Number} {Words(experiment.Outcome)}{(experiment.Reason is { } reason ? $" ({reason})" : "")}";

    private static string Words(ExperimentOutcome? outcome) => outcome switch
    {
        ExperimentOutcome.Diverged => "diverged",
        ExperimentOutcome.OutOfMemory => "ran out of memory",
        ExperimentOutcome.Failed => "failed",
        ExperimentOutcome.Cancelled => "was cancelled",
        _ => "ended without a score",
    };

    private static double? Deviation(ImmutableArray<double> scores)
    {
        if (scores.Length < 2)
            return null;
        double mean = scores.Average();
        return Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (scores.Length - 1));
    }
}
