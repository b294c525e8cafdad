using System.Collections.Immutable;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>The experiments of all sweeps with a tag, the best first. Only those that can be compared stand in one list.</summary>
/// <param name="Groups">The lists, the longest first.</param>
/// <param name="Sweeps">Sweeps with the tag.</param>
/// <param name="Unread">Ids of those that could not be read.</param>
internal sealed record TagRanking(ImmutableArray<TagGroup> Groups, int Sweeps, ImmutableArray<string> Unread)
{
    // The board holds somewhat more, so that a look at a tag pushes out nothing that people look at.
    private const int MostExperiments = 200_000;

    /// <summary>Reads it.</summary>
    /// <param name="catalog">All sweeps.</param>
    /// <param name="board">What their journals say.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<TagRanking> ReadAsync(SweepCatalog catalog, SweepBoard board, string tag, CancellationToken cancellationToken)
    {
        IReadOnlyList<FoundSweep> found = await catalog.FindAsync(new SweepFilter { Tags = [tag] }, cancellationToken);
        List<TagRow> rows = [];
        List<string> unread = [];
        int experiments = 0;
        foreach (FoundSweep one in found)
        {
            try
            {
                if ((experiments += one.Summary?.Experiments ?? 0) > MostExperiments)
                    unread.Add(one.Entry.Id);
                else if (await board.GlanceAsync(one.Entry.Id, cancellationToken) is { } view)
                    rows.AddRange(view.Record.Experiments.Where(e => e.Best is not null && e.Options is not null).Select(e => new TagRow(view, e)));
            }
            catch (Exception fault) when (fault is UserException || StoredSweep.IsDamage(fault))
            {
                unread.Add(one.Entry.Id);
            }
        }
        return new(
            [
                .. rows.GroupBy(r => (r.View.Definition.Objective.Metric, r.View.Definition.Objective.Minimize, r.View.Definition.Dataset, r.Experiment.Options!.Size)).OrderByDescending(g => g.Count())
                    .Select(g => new TagGroup(g.Key.Metric, g.Key.Dataset, g.Key.Size, [.. (g.Key.Minimize ? g.OrderBy(Score) : g.OrderByDescending(Score)).ThenBy(r => r.View.Id, StringComparer.Ordinal).ThenBy(r => r.Experiment.Number)])),
            ],
            found.Count, [.. unread]);
    }

    private static double Score(TagRow row) => row.Experiment.Best!.Score.Value;
}

/// <summary>Experiments whose scores mean the same: of one metric on one data set at one size.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Dataset">The data set.</param>
/// <param name="Size">Side of the pictures.</param>
/// <param name="Rows">The experiments, the best first.</param>
internal sealed record TagGroup(string Metric, string Dataset, int Size, ImmutableArray<TagRow> Rows);

/// <summary>An experiment of a sweep.</summary>
/// <param name="View">The sweep.</param>
/// <param name="Experiment">The experiment.</param>
internal sealed record TagRow(SweepView View, ExperimentRecord Experiment);
