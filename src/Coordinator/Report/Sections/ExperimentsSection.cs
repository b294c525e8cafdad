using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Report.Pictures;
using CatGan.Coordinator.Results;
using static CatGan.Coordinator.Report.Markup;

namespace CatGan.Coordinator.Report.Sections;

/// <summary>Each experiment: its samples over time, its losses and its metrics, on axes that all of them share.</summary>
internal sealed class ExperimentsSection : IReportSection
{
    private const double FloorsApart = 11;

    public string Id => "experiments";

    public string Title => "Experiments";

    public bool Applies(ReportModel model) => model.InFull.Count > 0;

    public void Write(Markup markup, ReportModel model)
    {
        markup.Element("p", "Best first. Samples come from the averaged generator and the same few z at every moment. Losses share their axis within a variant, metrics among all.");
        Legend.Lines(markup, [("loss-d", "loss of D"), ("loss-g", "loss of G"), ("floor", "floor: real against real, of as many pictures as stand at it")]);
        CurveAxes axes = CurveAxes.Of(model);
        foreach (ExperimentRecord experiment in model.InFull)
            Card(markup, model, axes, experiment);
        int left = model.Sweep.Experiments.Count(e => e.Attempts > 0) - model.InFull.Count;
        if (left > 0)
            markup.Element("p", $"{Words.Of(left, "more experiment")} left out here to keep the file small; the tables have them, and their curves are in the store.", ("class", "hint"));
    }

    private static void Card(Markup markup, ReportModel model, CurveAxes axes, ExperimentRecord experiment)
    {
        Family family = Family.Of(experiment.Options);
        markup.Open("article", ("class", "card wide-card"), ("id", $"experiment-{experiment.Number}")).Open("h3");
        Legend.Swatch(markup, family);
        markup.Text($" {model.Labels.Full(experiment)} ");
        Verdict verdict = Verdict.Of(experiment);
        verdict.Write(markup);
        markup.Close();
        string repeat = model.Sweep.Repeats > 1 ? $", repeat {experiment.Repeat + 1} of {model.Sweep.Repeats}" : "";
        string score = (experiment.Best ?? experiment.Interim) is { } at
            ? $", {(experiment.Best is null ? "latest quick" : "best full")} {Words.Metric(model.Sweep.Metric)} {Words.Score(at.Score.Value)} at {Words.Count(at.Images)} images, floor {Words.Floor(at.Score.Floor, at.Score.Pictures)}"
            : "";
        markup.Element("p", $"{Words.Count(experiment.Images)} images, {Words.Count(experiment.Updates)} updates{score}{repeat}. {verdict.Why}".Trim(), ("class", "hint"));
        if (model.Pictures.GetValueOrDefault(experiment.Number)?.Strip is { } strip)
            WriteStrip(markup, experiment, strip);
        Curves(markup, model, axes, experiment, family);
        markup.Close().Line();
    }

    private static void WriteStrip(Markup markup, ExperimentRecord experiment, Strip strip)
    {
        const double cell = 80, text = 26;
        int columns = strip.Images.Count;
        // Few moments would become huge: keep room for at least five.
        double width = cell * Math.Max(5, columns), height = cell * strip.Rows + text;
        string moments = string.Join(", ", strip.Images.Select(i => Words.Count(i)));
        string title = $"Samples of experiment {experiment.Number} at {moments} images.";
        markup.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", "strip"), ("role", "img"), ("aria-label", title), ("viewBox", $"0 0 {Number(width)} {Number(height)}"));
        markup.Element("title", title);
        markup.Empty("image", ("href", strip.Picture.Uri), ("x", "0"), ("y", "0"), ("width", Number(cell * columns)), ("height", Number(cell * strip.Rows)));
        for (int i = 0; i < columns; i++)
            markup.Element("text", Words.Count(strip.Images[i]), ("x", Number((i + 0.5) * cell)), ("y", Number(height - 5)), ("text-anchor", "middle"));
        markup.Close();
    }

    private static void Curves(Markup markup, ReportModel model, CurveAxes axes, ExperimentRecord experiment, Family family)
    {
        CurvePoint[] points = [.. Thinned.Of(experiment.Curve, model.Limits.CurvePoints)];
        if (points.Length == 0)
            return;
        markup.Open("div", ("class", "minis"));
        string who = $"of experiment {experiment.Number} against images";
        Plot losses = Plot.Begin(markup, new PlotFrame($"Losses {who}.", 320, 170, "", $"loss{Log(axes.Losses[family])}"), axes.Images, axes.Losses[family]);
        losses.Line(points.Select(p => ((double)p.Images, p.LossD ?? double.NaN)), "loss-d");
        losses.Line(points.Select(p => ((double)p.Images, p.LossG ?? double.NaN)), "loss-g");
        losses.End();
        foreach (string metric in axes.Metrics.Keys.Where(m => points.Any(p => p.Scores.ContainsKey(m))))
            Metric(markup, axes, points, metric, family, who);
        markup.Close();
    }

    private static void Metric(Markup markup, CurveAxes axes, CurvePoint[] points, string metric, Family family, string who)
    {
        Axis axis = axes.Metrics[metric];
        CurvePoint[] scored = [.. points.Where(p => p.Scores.ContainsKey(metric))];
        string name = Words.Metric(metric);
        Plot plot = Plot.Begin(markup, new PlotFrame($"{name} {who}.", 320, 170, "", $"{name}{Log(axis)}, ○ full score"), axes.Images, axis);
        Floors(plot, metric, scored.Select(p => p.Scores[metric]));
        markup.Open("g", ("class", family.Class));
        plot.Line(scored.Where(p => !p.Full).Select(p => ((double)p.Images, p.Scores[metric].Value)), "curve");
        foreach (CurvePoint full in scored.Where(p => p.Full && double.IsFinite(p.Scores[metric].Value)))
            markup.Empty("circle", ("class", "full"), ("r", "4"), ("cx", Number(plot.X(full.Images))), ("cy", Number(plot.Y(full.Scores[metric].Value))));
        markup.Close();
        plot.End();
    }

    // Quick scores have another floor than full ones; where the two are next to each other, that of most pictures is enough.
    private static void Floors(Plot plot, string metric, IEnumerable<Score> scores)
    {
        List<double> drawn = [];
        foreach (Score floor in scores.Where(s => double.IsFinite(s.Floor)).DistinctBy(s => s.Pictures).OrderByDescending(s => s.Pictures))
        {
            double y = plot.Y(floor.Floor);
            if (drawn.Any(d => Math.Abs(d - y) < FloorsApart))
                continue;
            drawn.Add(y);
            plot.Reference(floor.Floor, floor.Pictures > 0 ? $"{Words.Whole(floor.Pictures)} {(metric == "ms_ssim" ? "pairs" : "pictures")}" : "", left: true);
        }
    }

    private static string Log(Axis axis) => axis.Kind == AxisKind.Linear ? "" : " (log scale)";
}
