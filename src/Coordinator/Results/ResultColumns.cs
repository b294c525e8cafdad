using System.Globalization;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Report.Charts;

namespace CatGan.Coordinator.Results;

/// <summary>The columns of <c>catgan results</c>, described in docs/formats.md. A new one is a line here.</summary>
internal static class ResultColumns
{
    /// <summary>Columns of sweeps: what every sweep has, each setting, and the metrics that their curves hold.</summary>
    public static IReadOnlyList<ResultColumn> Of(params IReadOnlyList<SweepRecord> sweeps)
    {
        Dictionary<(string Sweep, int Experiment), ConfigurationRank> ranks = sweeps.DistinctBy(s => s.Id)
            .SelectMany(s => s.Ranking.SelectMany(r => r.Experiments.Select(e => (Key: (s.Id, e.Number), Rank: r)))).ToDictionary(p => p.Key, p => p.Rank);
        ResultColumn[] place =
        [
            new("sweep", ColumnKind.Text, r => r.Sweep.Id),
            new("experiment", ColumnKind.Whole, r => (long)r.Experiment.Number),
            new("configuration", ColumnKind.Whole, r => (long)r.Experiment.Configuration),
            new("repeat", ColumnKind.Whole, r => (long)r.Experiment.Repeat),
            new("seed", ColumnKind.Whole, r => r.Experiment.Seed),
            new("rank", ColumnKind.Whole, r => ranks.GetValueOrDefault((r.Sweep.Id, r.Experiment.Number))?.Rank is { } rank ? (long)rank : null),
        ];
        IEnumerable<Column> others = [.. Identity(), .. Settings(), .. Course(), .. Objective(), .. Metrics(sweeps)];
        return [.. place, .. others.Select(c => new ResultColumn(c.Name, c.Kind, r => c.Read(r.Experiment)))];
    }

    private static IEnumerable<Column> Identity() =>
    [
        new("phase", ColumnKind.Text, e => Word(e.Phase)),
        new("outcome", ColumnKind.Text, e => e.Outcome is { } outcome ? Word(outcome) : null),
        new("reason", ColumnKind.Text, e => e.Reason.Length > 0 ? e.Reason : null),
        new("flags", ColumnKind.Text, e => e.Flags.IsEmpty ? null : string.Join(' ', e.Flags.Keys)),
        new("variant", ColumnKind.Text, e => e.Options is null ? null : Family.Of(e.Options).Name),
    ];

    // The shorthands hidden and lr are told by the two settings that each of them sets.
    private static IEnumerable<Column> Settings() =>
        from setting in ExperimentSettings.All
        where setting.Name is not (ExperimentSettings.HiddenBoth or ExperimentSettings.LrBoth)
        select new Column(setting.Name, Kind(setting.Kind), e => e.Options is { } o && Means(setting, o.Variant) ? Typed(setting, setting.ValueIn(o)) : null);

    private static IEnumerable<Column> Course() =>
    [
        new("attempts", ColumnKind.Whole, e => (long)e.Attempts),
        new("worker", ColumnKind.Text, e => e.Worker.Length > 0 ? e.Worker : null),
        new("images", ColumnKind.Whole, e => e.Images),
        new("updates", ColumnKind.Whole, e => e.Updates),
        new("seconds", ColumnKind.Real, e => e.Seconds),
        new("images_per_second", ColumnKind.Real, e => e.ImagesPerSecond),
    ];

    private static IEnumerable<Column> Objective() =>
    [
        new("best", ColumnKind.Real, e => e.Best?.Score.Value),
        new("best_images", ColumnKind.Whole, e => e.Best?.Images),
        new("best_floor", ColumnKind.Real, e => e.Best?.Score.Floor),
        new("best_times_floor", ColumnKind.Real, e => e.Best?.Score is { Floor: > 0 } score ? score.Value / score.Floor : null),
        new("best_spread", ColumnKind.Real, e => e.Best?.Score.Spread),
        new("final", ColumnKind.Real, e => e.Final?.Value),
        new("final_floor", ColumnKind.Real, e => e.Final?.Floor),
    ];

    private static IEnumerable<Column> Metrics(IReadOnlyList<SweepRecord> sweeps) =>
        from metric in sweeps.SelectMany(s => s.Experiments).SelectMany(e => e.Curve).SelectMany(p => p.Scores.Keys).Distinct().Order(StringComparer.Ordinal)
        from column in (Column[])
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

    /// <summary>A column that an experiment alone tells.</summary>
    private sealed record Column(string Name, ColumnKind Kind, Func<ExperimentRecord, object?> Read);
}
