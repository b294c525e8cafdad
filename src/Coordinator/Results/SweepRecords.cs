using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Search;

namespace CatGan.Coordinator.Results;

/// <summary>Puts together what the journal says of a sweep and the records of its experiments.</summary>
internal static class SweepRecords
{
    /// <summary>The record of a sweep.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="sweep">What the journal knows.</param>
    /// <param name="experiments">All its experiments; number n is at n - 1.</param>
    /// <param name="read">What the journal knows of each, where that was read before; reading a large sweep's takes a while.</param>
    public static SweepRecord Of(string id, Sweep sweep, ImmutableArray<ExperimentRecord> experiments, IReadOnlyList<Experiment>? read = null)
    {
        read ??= [.. sweep.Experiments];
        SweepDefinition definition = sweep.Definition;
        return new SweepRecord
        {
            Id = id,
            Name = definition.Name,
            Note = definition.Note ?? "",
            Tags = definition.Tags,
            Dataset = definition.Dataset,
            DatasetHashes = definition.DatasetHashes,
            Metric = definition.Objective.Metric,
            Minimize = definition.Objective.Minimize,
            BudgetImages = definition.BudgetImages,
            BudgetTime = definition.BudgetTime,
            Sampler = definition.Sampler.Name,
            Seed = definition.Seed,
            Repeats = definition.Repeats,
            Phase = Phase(sweep.Stage),
            SubmittedAt = sweep.SubmittedAt,
            LastEventAt = LastEvent(sweep, read),
            Total = sweep.Total,
            Experiments = experiments = Halted(sweep, experiments),
            Ranking = Rank(sweep.Definition.Objective, read, experiments),
        };
    }

    /// <summary>What was begun and waits in a sweep that is paused, is paused.</summary>
    private static ImmutableArray<ExperimentRecord> Halted(Sweep sweep, ImmutableArray<ExperimentRecord> experiments) => sweep.Stage != SweepStage.Paused
        ? experiments
        : [.. experiments.Select(e => e is { Phase: ExperimentPhase.Waiting, Attempts: > 0 } ? e with { Phase = ExperimentPhase.Paused } : e)];

    /// <summary>The sweep's own order; among those that have no place, by their mean so far, then by what is known in the interim.</summary>
    private static ImmutableArray<ConfigurationRank> Rank(Objective objective, IReadOnlyList<Experiment> read, ImmutableArray<ExperimentRecord> experiments)
    {
        bool minimize = objective.Minimize;
        return
        [
            .. Sweep.Ranking(objective, read).Select(r => Rank(r, [.. r.Experiments.Select(n => experiments[n - 1])], minimize))
                .OrderBy(r => r.Standing).ThenBy(r => r.Rank.Rank)
                .ThenBy(r => r.Rank.Mean is null).ThenBy(r => r.Rank.Shown is { } shown ? (minimize ? shown : -shown) : double.PositiveInfinity)
                .Select(r => r.Rank),
        ];
    }

    private static (RankStanding Standing, ConfigurationRank Rank) Rank(Search.ConfigurationRank rank, ImmutableArray<ExperimentRecord> repeats, bool minimize)
    {
        double? floor = Mean(repeats.Select(e => e.Best?.Score.Floor));
        bool isInterim = rank.Mean is null;
        return (rank.Standing, new ConfigurationRank
        {
            Rank = rank.Place,
            Configuration = rank.Index,
            Reason = rank.Reason ?? "",
            Experiments = repeats,
            Mean = rank.Mean,
            Spread = rank.Spread,
            Scored = rank.Scores.Length,
            Floor = floor,
            Interim = isInterim ? Mean(repeats.Select(e => e.Interim?.Score.Value)) : null,
            InterimFloor = isInterim ? Mean(repeats.Select(e => e.Interim?.Score.Floor)) : null,
            Best = repeats.OrderBy(e => e.Best is null).ThenBy(e => (e.Best ?? e.Interim) is { Score.Value: var value } ? (minimize ? value : -value) : double.PositiveInfinity)
                .ThenByDescending(e => e.Images).First(),
        });
    }

    private static double? Mean(IEnumerable<double?> values) => values.Where(v => v is { } known && double.IsFinite(known)).Average();

    private static DateTimeOffset LastEvent(Sweep sweep, IReadOnlyList<Experiment> read) =>
        sweep.EndedAt ?? read.SelectMany(e => e.Attempts).Select(a => a.EndedAt ?? a.StartedAt).Append(sweep.SubmittedAt).Max();

    private static SweepPhase Phase(SweepStage stage) => stage switch
    {
        SweepStage.Running => SweepPhase.Running,
        SweepStage.Pausing => SweepPhase.Pausing,
        SweepStage.Paused => SweepPhase.Paused,
        SweepStage.Finished => SweepPhase.Finished,
        _ => SweepPhase.Cancelled,
    };
}
