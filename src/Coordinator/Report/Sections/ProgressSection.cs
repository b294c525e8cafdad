using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report.Sections;

/// <summary>Best score so far against images, a line a variant over the faint lines of its experiments.</summary>
internal sealed class ProgressSection : IReportSection
{
    private const int FaintLines = 80;

    public string Id => "progress";

    public string Title => "Best so far against images";

    public bool Applies(ReportModel model) => model.Sweep.Experiments.Any(e => Best(model.Sweep, e).Count > 0);

    public void Write(Markup markup, ReportModel model)
    {
        SweepRecord sweep = model.Sweep;
        var lines = sweep.Experiments.Select(e => (Experiment: e, Family: Family.Of(e.Options), Points: Best(sweep, e))).Where(l => l.Points.Count > 0).ToArray();
        Axis x = new(0, lines.Max(l => l.Points[^1].Images), AxisKind.Linear);
        double[] values = [.. lines.SelectMany(l => l.Points).Select(p => p.Value)];
        bool log = values.Min() > 0 && values.Max() / values.Min() > 4;
        Axis y = Axis.Around(values.Append(1), log ? AxisKind.Log : AxisKind.Linear);
        string name = Words.Metric(sweep.Metric);
        markup.Open("figure", ("class", "card wide-card"));
        Legend.Families(markup, model.Families.Select(f => f.Family).Where(f => lines.Any(l => l.Family == f)));
        Plot plot = Plot.Begin(markup, new PlotFrame($"Best {name} so far against images shown, by variant.", 480, 320, "images shown to the discriminator", $"best {name} so far, × floor{(log ? " (log scale)" : "")}"), x, y);
        plot.Reference(1, "as good as real pictures");
        foreach (var line in lines.Take(FaintLines))
            Group(markup, plot, line.Family, line.Points, "faint");
        foreach (var family in lines.GroupBy(l => l.Family))
            Group(markup, plot, family.Key, Envelope(sweep, family.SelectMany(l => l.Points)), "curve");
        plot.End();
        markup.Element("figcaption", "Thick: the best that any experiment of the variant had reached by then. Faint: single experiments. "
            + $"Each score is divided by its own floor, because scores of few pictures lie higher than those of many{Floors(lines.Select(l => l.Experiment), sweep.Metric)}.");
        markup.Close();
    }

    // Two floors make two scales: who reads the end of a line must know which.
    private static string Floors(IEnumerable<ExperimentRecord> experiments, string metric)
    {
        Score[] kinds = [.. experiments.SelectMany(e => e.Curve).Where(p => p.Scores.ContainsKey(metric)).Select(p => p.Scores[metric])
            .Where(s => s.Pictures > 0 && double.IsFinite(s.Floor)).DistinctBy(s => s.Pictures).OrderBy(s => s.Pictures)];
        return kinds.Length < 2 ? "" : $" (floors: {string.Join(" and ", kinds.Select(k => Words.Floor(k.Floor, k.Pictures)))}), so that a quick score stands fewer times above its floor than the full one of the same generator";
    }

    private static void Group(Markup markup, Plot plot, Family family, IReadOnlyList<(double Images, double Value)> points, string css)
    {
        markup.Open("g", ("class", family.Class));
        plot.Line(Steps(points), css);
        if (css == "curve")
            Marker.Draw(markup, family.Shape, plot.X(points[^1].Images), plot.Y(points[^1].Value), 5.5, $"mark {family.Class}", title: $"{family.Name}: {Words.Times(points[^1].Value)}");
        markup.Close();
    }

    // A best-so-far holds until the next score.
    private static IEnumerable<(double X, double Y)> Steps(IReadOnlyList<(double Images, double Value)> points)
    {
        for (int i = 0; i < points.Count; i++)
        {
            if (i > 0 && points[i].Value != points[i - 1].Value)
                yield return (points[i].Images, points[i - 1].Value);
            if (i == 0 || i == points.Count - 1 || points[i].Value != points[i - 1].Value)
                yield return points[i];
        }
    }

    private static List<(double Images, double Value)> Envelope(SweepRecord sweep, IEnumerable<(double Images, double Value)> points) =>
        Running(sweep, points.GroupBy(p => p.Images).OrderBy(g => g.Key)
            .Select(g => (g.Key, sweep.Minimize ? g.Min(p => p.Value) : g.Max(p => p.Value))));

    private static List<(double Images, double Value)> Best(SweepRecord sweep, ExperimentRecord experiment) =>
        Running(sweep, experiment.Curve.Where(p => p.Scores.ContainsKey(sweep.Metric))
            .Select(p => ((double)p.Images, Relative(p.Scores[sweep.Metric]))).Where(p => double.IsFinite(p.Item2)));

    private static List<(double Images, double Value)> Running(SweepRecord sweep, IEnumerable<(double Images, double Value)> points)
    {
        List<(double Images, double Value)> best = [];
        foreach ((double images, double value) in points)
        {
            double so = best.Count == 0 ? value : sweep.Minimize ? Math.Min(best[^1].Value, value) : Math.Max(best[^1].Value, value);
            best.Add((images, so));
        }
        return best;
    }

    private static double Relative(Score score) => score.Floor > 0 ? score.Value / score.Floor : double.NaN;
}
