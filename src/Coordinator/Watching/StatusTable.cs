using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CatGan.Coordinator.Watching;

/// <summary>A status as a table for a terminal: experiments, state, progress, speed, score; below it the summary.</summary>
internal static class StatusTable
{
    private const int BarCells = 16;

    /// <summary>The table with at most <paramref name="rows"/> experiments: the running ones, then the latest ended, then waiting ones.</summary>
    public static IRenderable Build(SweepStatus status, int rows)
    {
        IReadOnlySet<string> varying = StatusWords.Varying(status);
        Table table = new Table().RoundedBorder().Title(Markup.Escape(status.Sweep));
        foreach (string name in (string[])["#", "configuration", "state", "progress", "images/s", "score", "note"])
            table.AddColumn(name, c => c.NoWrap = name != "note");
        foreach (int right in (int[])[0, 4, 5])
            table.Columns[right].RightAligned();
        foreach (ExperimentStatus experiment in Choose(status, rows))
            table.AddRow(Row(experiment, varying, status));
        int hidden = status.Total - Math.Min(rows, status.Experiments.Length);
        if (hidden > 0)
            table.Caption($"and {hidden} more");
        return new Rows(table, new Text(StatusWords.Summary(status)));
    }

    private static IEnumerable<ExperimentStatus> Choose(SweepStatus status, int rows) =>
        status.Experiments
            .OrderBy(e => e.Phase switch { ExperimentPhase.Running => 0, ExperimentPhase.Ended => 1, _ => 2 })
            .ThenBy(e => e.Phase == ExperimentPhase.Ended ? -e.Number : e.Number)
            .Take(rows).OrderBy(e => e.Number);

    private static IRenderable[] Row(ExperimentStatus experiment, IReadOnlySet<string> varying, SweepStatus status)
    {
        bool isBest = status.Best?.Experiment == experiment.Number;
        return
        [
            new Text($"{experiment.Number}"),
            new Text(StatusWords.Parameters(experiment, varying)),
            new Text(StatusWords.State(experiment, status.Phase), Colour(experiment)),
            new Text(Bar(experiment)),
            new Text(experiment.Phase == ExperimentPhase.Running ? $"{experiment.ImagesPerSecond:N0}" : ""),
            new Text(StatusWords.Score(experiment.Score) + (isBest ? " *" : ""), isBest ? new Style(Color.Green, decoration: Decoration.Bold) : Style.Plain),
            new Text(experiment.Reason ?? "", new Style(Color.Grey)),
        ];
    }

    private static string Bar(ExperimentStatus experiment)
    {
        if (StatusWords.Share(experiment) is not { } share)
            return $"{experiment.Images:N0} images";
        int full = (int)(share * BarCells);
        return $"{new string('█', full)}{new string('░', BarCells - full)} {share:P0}".Replace(" %", "%");
    }

    private static Style Colour(ExperimentStatus experiment) => experiment switch
    {
        { Phase: ExperimentPhase.Running } => new Style(Color.Yellow),
        { Outcome: Outcome.Completed } => new Style(Color.Green),
        { Outcome: Outcome.Failed or Outcome.OutOfMemory } => new Style(Color.Red),
        { Outcome: Outcome.Diverged } => new Style(Color.Fuchsia),
        _ => Style.Plain,
    };
}
