using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Serve.Live;
using CatGan.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>The scores of all experiments of a sweep over images, for one chart.</summary>
internal sealed class CourseApi : IApiPart
{
    // Of this many the quick scores between the rungs are read from the curves too.
    private const int ReadCurves = 64;
    private const int MostPoints = 80;
    private const int MostLines = 2000;

    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api) => api.MapGet("/sweeps/{sweep}/course", GetAsync).WithTags("curves")
        .WithSummary("The objective of all experiments over images, the best of all so far, and the experiments in the order they ended.");

    private static async Task<CourseDto> GetAsync(SweepBoard board, ExperimentReader reader, string sweep, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        Objective objective = view.Definition.Objective;
        Family[] families = [.. view.Record.Experiments.Select(e => Family.Of(e.Options)).Distinct().OrderBy(f => Family.All.ToList().FindIndex(a => a.Class == f.Class))];
        double[][][] points = new double[view.Experiments.Length][][];
        bool quick = points.Length <= ReadCurves;
        await Parallel.ForAsync(0, points.Length, cancellationToken, async (i, token) => points[i] = quick && view.Experiments[i].Epoch > 0
            ? Scores((await reader.ReadAsync(view, view.Experiments[i], token)).Record, objective)
            : Rungs(view.Experiments[i], objective));
        return new(
            objective.Metric, objective.Minimize, [.. families.Select(f => new FamilyDto(f.Name, f.Class))],
            points.Length, [.. Drawn(view).Select(n => Line(view.Record.Experiments[n - 1], points[n - 1]))], Best(points, objective), Trend(view, families));
    }

    // More lines than a chart can show: the best of them, and of the others every so many.
    private static IEnumerable<int> Drawn(SweepView view)
    {
        int count = view.Experiments.Length;
        if (count <= MostLines)
            return Enumerable.Range(1, count);
        int every = (count + MostLines / 2 - 1) / (MostLines / 2);
        return view.Record.Ranking.SelectMany(r => r.Experiments.Select(e => e.Number)).Take(MostLines / 2)
            .Union(Enumerable.Range(1, count).Where(n => n % every == 0)).Order();
    }

    private static CourseLineDto Line(ExperimentRecord record, double[][] points)
    {
        Family family = Family.Of(record.Options);
        Report.Verdict verdict = Report.Verdict.Of(record);
        string state = record switch
        {
            { Outcome: Outcome.Stopped } => "stopped",
            { Phase: ExperimentPhase.Running } => "running",
            _ => verdict.Class == "v-bad" ? "bad" : "done",
        };
        return new(record.Number, family.Name, family.Class, state, verdict.Word, points);
    }

    private static double[][] Scores(ExperimentRecord record, Objective objective)
    {
        CurvePoint[] scored = [.. record.Curve.Where(p => p.Scores.TryGetValue(objective.Metric, out Score? score) && double.IsFinite(score.Value))];
        return [.. CurveThinning.Thin([.. scored], MostPoints).Select(p => new[] { p.Images, p.Scores[objective.Metric].Value, p.Full ? 1 : 0 })];
    }

    private static double[][] Rungs(Experiment experiment, Objective objective) =>
        [.. experiment.Rungs.Select(r => new[] { r.Images, r.Scores.GetValueOrDefault(objective.Metric, double.NaN), 1 }).Where(p => double.IsFinite(p[1]))];

    // Full scores alone: quick ones are of fewer pictures, and lie higher.
    private static double[][] Best(double[][][] lines, Objective objective)
    {
        double? best = null;
        List<double[]> steps = [];
        foreach (IGrouping<double, double[]> at in lines.SelectMany(l => l).Where(p => p[2] > 0).GroupBy(p => p[0]).OrderBy(g => g.Key))
        {
            double here = objective.Minimize ? at.Min(p => p[1]) : at.Max(p => p[1]);
            if (!objective.IsBetter(here, best))
                continue;
            best = here;
            steps.Add([at.Key, here]);
        }
        if (best is { } last && lines.SelectMany(l => l).Max(p => p[0]) is var end && end > steps[^1][0])
            steps.Add([end, last]);
        return [.. steps];
    }

    private static double[][] Trend(SweepView view, Family[] families) =>
    [
        .. view.Experiments.Where(e => e is { EndedAt: not null, BestScore: not null }).OrderBy(e => e.EndedAt).ThenBy(e => e.Number)
            .Select(e => new[] { e.Number, e.BestScore!.Value, Array.IndexOf(families, Family.Of(view.Record.Experiments[e.Number - 1].Options)) }),
    ];
}

/// <summary>The course of a sweep.</summary>
/// <param name="Metric">Metric that experiments are compared by.</param>
/// <param name="Minimize">True when less of it is better.</param>
/// <param name="Families">Variants that there are.</param>
/// <param name="Experiments">Experiments that have a number.</param>
/// <param name="Lines">A line an experiment, in the order of their numbers; of more than 2,000 the best and some of the others.</param>
/// <param name="Best">The best full score of any experiment up to these images: images and value, where it changes.</param>
/// <param name="Trend">Experiments with a full score in the order they ended: number, best score, index of the variant.</param>
internal sealed record CourseDto(string Metric, bool Minimize, FamilyDto[] Families, int Experiments, CourseLineDto[] Lines, double[][] Best, double[][] Trend);

/// <summary>An experiment's scores.</summary>
/// <param name="Experiment">Its number.</param>
/// <param name="Name">Its variant.</param>
/// <param name="Family">Class of its variant's colour.</param>
/// <param name="State">stopped, running, bad or done.</param>
/// <param name="Word">How it goes or went, in words.</param>
/// <param name="Points">Images, value, and 1 for a full score or 0 for a quick one; in large sweeps full ones alone.</param>
internal sealed record CourseLineDto(int Experiment, string Name, string Family, string State, string Word, double[][] Points);

/// <summary>A variant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Css">Class of its colour.</param>
internal sealed record FamilyDto(string Name, string Css);
