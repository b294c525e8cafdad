using System.Globalization;
using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Watching;

namespace CatGan.Coordinator.Results;

/// <summary>Experiments of several sweeps as a table for people.</summary>
internal static class ResultLines
{
    /// <summary>A line an experiment: where it is, what it was, what became of it.</summary>
    public static IEnumerable<string> Of(ResultTable table)
    {
        HashSet<string> varying =
        [
            .. table.Rows.SelectMany(r => r.Experiment.Settings).GroupBy(s => s.Key)
                .Where(g => g.Count() < table.Rows.Length || g.Select(s => s.Value).Distinct().Count() > 1).Select(g => g.Key),
        ];
        List<string[]> lines = [["experiment", "variant", "settings", "score", "images", "outcome"]];
        lines.AddRange(table.Rows.Select(r => (string[])
        [
            $"{r.Sweep.Id}/{r.Experiment.Number}",
            Family.Of(r.Experiment.Options).Name,
            string.Join(' ', r.Experiment.Settings.Where(s => s.Key != "preset" && varying.Contains(s.Key)).Select(s => $"{s.Key}={s.Value}")),
            r.Experiment.Best is { } best ? $"{r.Sweep.Metric} {StatusWords.Score(best.Score.Value)}" : "",
            r.Experiment.Images.ToString("N0", CultureInfo.InvariantCulture),
            (r.Experiment.Outcome?.ToString() ?? r.Experiment.Phase.ToString()).ToLowerInvariant(),
        ]));
        return TextTable.Lines(lines);
    }
}
