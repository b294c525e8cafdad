using System.Globalization;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Report.Charts;

namespace CatGan.Coordinator.Results;

/// <summary>The columns of <c>catgan results</c>, described in docs/formats.md. A new one is a line here.</summary>
internal static class ResultColumns
{
    /// <summary>Columns of a sweep: what every sweep has, each setting, and the metrics that its curves hold.</summary>
    public static IReadOnlyList<ResultColumn> Of(SweepRecord sweep)
    {
        Dictionary<int, ConfigurationRank> ranks = sweep.Ranking.SelectMany(r => r.Experiments.Select(e => (e.Number, r))).ToDictionary(p => p.Number, p => p.r);
        return [.. Identity(ranks), .. Settings(), .. Course(), .. Objective(), .. Metrics(sweep)];
    }

    private static IEnumerable<ResultColumn> Identity(Dictionary<int, ConfigurationRank> ranks) =>
    [
        new("experiment", ColumnKind.Whole, e => (long)e.Number),
        new("configuration", ColumnKind.Whole, e => (long)e.Configuration),
        new("repeat", ColumnKind.Whole, e => (long)e.Repeat),
        new("seed", ColumnKind.Whole, e => e.Seed),
        new("rank", ColumnKind.Whole, e => ranks.GetValueOrDefault(e.Number)?.Rank is { } rank ? (long)rank : null),
        new("phase", ColumnKind.Text, e => Word(e.Phase)),
        new("outcome", ColumnKind.Text, e => e.Outcome is { } outcome ? Word(outcome) : null),
        new("reason", ColumnKind.Text, e => e.Reason.Length > 0 ? e.Reason : null),
        new("flags", ColumnKind.Text, e => e.Flags.IsEmpty ? null : string.Join(' ', e.Flags.Keys)),
        new("variant", ColumnKind.Text, e => e.Options is null ? null : Family.Of(e.Options).Name),
    ];

    // The shorthands hidden and lr are told by the two settings that each of them sets.
    private static IEnumerable<ResultColumn> Settings() =>
        from setting in ExperimentSettings.All
        where setting.Name is not (ExperimentSettings.HiddenBoth or ExperimentSettings.LrBoth)
        select new ResultColumn(setting.Name, Kind(setting.Kind), e => e.Options is { } o && Means(setting, o.Variant) ? Typed(setting, setting.ValueIn(o)) : null);

    private static IEnumerable<ResultColumn> Course() =>
    [
        new("attempts", ColumnKind.Whole, e => (long)e.Attempts),
        new("worker", ColumnKind.Text, e => e.Worker.Length > 0 ? e.Worker : null),
        new("images", ColumnKind.Whole, e => e.Images),
        new("updates", ColumnKind.Whole, e => e.Updates),
        new("seconds", ColumnKind.Real, e => e.Seconds),
        new("images_per_second", ColumnKind.Real, e => e.ImagesPerSecond),
    ];

    private static IEnumerable<ResultColumn> Objective() =>
    [
        new("best", ColumnKind.Real, e => e.Best?.Score.Value),
        new("best_images", ColumnKind.Whole, e => e.Best?.Images),
        new("best_floor", ColumnKind.Real, e => e.Best?.Score.Floor),
        new("best_times_floor", ColumnKind.Real, e => e.Best?.Score is { Floor: > 0 } score ? score.Value / score.Floor : null),
        new("best_spread", ColumnKind.Real, e => e.Best?.Score.Spread),
        new("final", ColumnKind.Real, e => e.Final?.Value),
        new("final_floor", ColumnKind.Real, e => e.Final?.Floor),
    ];

    private static IEnumerable<ResultColumn> Metrics(SweepRecord sweep) =>
        from metric in sweep.Experiments.SelectMany(e => e.Curve).SelectMany(p => p.Scores.Keys).Distinct().Order(StringComparer.Ordinal)
        from column in (ResultColumn[])
        [
            new($"last_{metric}", ColumnKind.Real, e => Last(e, metric)?.Value),
            new($"last_{metric}_floor", ColumnKind.Real, e => Last(e, metric)?.Floor),
        ]
        select column;

    private static Score? Last(ExperimentRecord experiment, string metric) =>
        experiment.Curve.LastOrDefault(p => p.Full && p.Scores.ContainsKey(metric))?.Scores[metric];

    private static bool Means(Setting setting, Variant variant) => setting.AppliesTo.IsDefaultOrEmpty || setting.AppliesTo.Contains(variant);

    private static ColumnKind Kind(SettingKind kind) => kind switch
    {
        SettingKind.Whole => ColumnKind.Whole,
        SettingKind.Real => ColumnKind.Real,
        SettingKind.Flag => ColumnKind.Flag,
        _ => ColumnKind.Text,
    };

    private static object Typed(Setting setting, string value) => setting.Kind switch
    {
        SettingKind.Whole => long.Parse(value, CultureInfo.InvariantCulture),
        SettingKind.Real => double.Parse(value, CultureInfo.InvariantCulture),
        SettingKind.Flag => value == "true",
        _ => value,
    };

    private static string Word(ExperimentPhase phase) => phase.ToString().ToLowerInvariant();

    private static string Word(Outcome outcome) => outcome == Outcome.OutOfMemory ? "out_of_memory" : outcome.ToString().ToLowerInvariant();
}
