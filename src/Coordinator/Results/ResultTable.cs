using System.Collections.Immutable;

namespace CatGan.Coordinator.Results;

/// <summary>An experiment and the sweep that it belongs to.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Experiment">The experiment.</param>
internal sealed record ResultRow(SweepRecord Sweep, ExperimentRecord Experiment);

/// <summary>The results of one sweep or several, a row an experiment.</summary>
/// <param name="Columns">What each row has.</param>
/// <param name="Rows">The rows.</param>
internal sealed record ResultTable(IReadOnlyList<ResultColumn> Columns, ImmutableArray<ResultRow> Rows)
{
    /// <summary>Every experiment of these sweeps, in their order.</summary>
    public static ResultTable Of(params IReadOnlyList<SweepRecord> sweeps) =>
        new(ResultColumns.Of(sweeps), [.. sweeps.SelectMany(s => s.Experiments.Select(e => new ResultRow(s, e)))]);

    /// <summary>The rows that a test lets through.</summary>
    public ResultTable Where(Func<ResultRow, bool> test) => this with { Rows = [.. Rows.Where(test)] };

    /// <summary>The rows with the best full scores, best first. All sweeps must compare by one objective.</summary>
    public ResultTable Best(int count) => this with
    {
        Rows =
        [
            .. Rows.Where(r => r.Experiment.Best is not null)
                .OrderBy(r => r.Sweep.Minimize ? r.Experiment.Best!.Score.Value : -r.Experiment.Best!.Score.Value).Take(count),
        ],
    };
}
