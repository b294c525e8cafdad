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

/// <summary>The scores of a sweep's experiments over images, for one chart.</summary>
internal sealed class CourseApi : IApiPart
{
    /// <summary>Of this many the quick scores between the rungs are read from the curves too.</summary>
    public const int ReadCurves = 64;
    private const int MostPoints = 80;
    private const int MostDots = 2000;

    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api) => api.MapGet("/sweeps/{sweep}/course", GetAsync).RequireRateLimiting(Security.AccessServices.Charts).WithName("get_course").WithTags("curves")
        .WithSummary("The objective over images (of large sweeps the best and some of the others, with the spread of all), the best of all so far, and the experiments in the order they ended.");

    private static async Task<CourseDto> GetAsync(SweepBoard board, ExperimentReader reader, string sweep, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        Objective objective = view.Definition.Objective;
        Family[] order = [.. Family.All];
        Family[] families = [.. view.Record.Experiments.Select(e => Family.Of(e.Options)).Distinct().OrderBy(f => Array.FindIndex(order, a => a.Class == f.Class))];
        double[][][] points = new double[view.Experiments.Length][][];
        bool quick = points.Length <= ReadCurves;
        await Parallel.ForAsync(0, points.Length, cancellationToken, async (i, token) => points[i] = quick && view.Experiments[i].Epoch > 0
            ? Scores((await reader.ReadAsync(view, view.Experiments[i], token)).Record, objective)
            : Rungs(view.Experiments[i], objective));
        int[] scored = [.. Enumerable.Range(1, points.Length).Where(n => points[n - 1].Length > 0)];
        IReadOnlyList<int> drawn = CourseChoice.Of(view.Record.Ranking.SelectMany(r => r.Experiments.Select(e => e.Number)), scored);
        Experiment[] ended = [.. view.Experiments.Where(e => e is { EndedAt: not null, BestScore: not null }).OrderBy(e => e.EndedAt).ThenBy(e => e.Number)];
        return new(
            objective.Metric, objective.Minimize, [.. families.Select(f => new FamilyDto(f.Name, f.Class))], scored.Length,
            [.. drawn.Select(n => Line(view.Record.Experiments[n - 1], points[n - 1]))], Best(points, objective),
            drawn.Count < scored.Length ? CourseSpread.Of(view.Definition, points) : [], ended.Length, Trend(view, families, ended));
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

    // Of very many every so many, and each that was the best of all so far.
    private static double[][] Trend(SweepView view, Family[] families, Experiment[] ended)
    {
        double? best = null;
        List<double[]> dots = [];
        int every = CourseChoice.Stride(ended.Length, MostDots);
        for (int i = 0; i < ended.Length; i++)
        {
            double score = ended[i].BestScore!.Value;
            bool record = view.Definition.Objective.IsBetter(score, best);
            best = record ? score : best;
            if (record || i % every == 0)
                dots.Add([ended[i].Number, score, Array.IndexOf(families, Family.Of(view.Record.Experiments[ended[i].Number - 1].Options)), i + 1]);
        }
        return [.. dots];
    }
}

/// <summary>The course of a sweep.</summary>
/// <param name="Metric">Metric that experiments are compared by.</param>
/// <param name="Minimize">True when less of it is better.</param>
/// <param name="Families">Variants that there are.</param>
/// <param name="Scored">Experiments that have a score.</param>
/// <param name="Lines">A line an experiment, in the order of their numbers; of more than 400 the best 50 and some of the others.</param>
/// <param name="Best">The best full score of any experiment up to these images: images and value, where it changes.</param>
/// <param name="Spread">Where lines are left out: images, 10th percentile, median, 90th percentile and count of the full scores of all experiments at each rung.</param>
/// <param name="Ended">Experiments with a full score that have ended.</param>
/// <param name="Trend">These in the order they ended: number, best score, index of the variant, place in that order; of very many some, with each that was the best so far.</param>
internal sealed record CourseDto(
    string Metric, bool Minimize, FamilyDto[] Families, int Scored, CourseLineDto[] Lines, double[][] Best, double[][] Spread, int Ended, double[][] Trend);

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
