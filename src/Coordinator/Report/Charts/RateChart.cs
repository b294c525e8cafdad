using CatGan.Coordinator.Results;
using static CatGan.Coordinator.Report.Markup;

namespace CatGan.Coordinator.Report.Charts;

/// <summary>Learning rate of D against that of G; a point an experiment, its shape the variant, its colour the score.</summary>
internal static class RateChart
{
    private const double Width = 480, Height = 420, Radius = 6.5, Apart = 14;

    /// <summary>Draws it with its legend.</summary>
    public static void Write(Markup markup, SweepRecord sweep, ConfigurationLabels labels, IReadOnlyList<ExperimentRecord> experiments)
    {
        Axis x = Rates(experiments.Select(e => e.Options!.LrD)), y = Rates(experiments.Select(e => e.Options!.LrG));
        double[] scores = [.. experiments.Select(e => Value(e)).OfType<double>()];
        Axis colour = scores.Length > 0 && scores.Min() > 0 && scores.Max() / scores.Min() > 4
            ? new Axis(scores.Min(), scores.Max(), AxisKind.Log)
            : new Axis(scores.DefaultIfEmpty(0).Min(), scores.DefaultIfEmpty(1).Max(), AxisKind.Linear);
        Key(markup, sweep, colour, scores.Length);
        PlotFrame frame = new("Learning rate of the discriminator against that of the generator; colour is the score.", Width, Height, "learning rate of D (log scale)", "learning rate of G (log scale)");
        Plot plot = Plot.Begin(markup, frame, x, y, Words.Rate, Words.Rate);
        foreach (var place in experiments.GroupBy(e => (X: Math.Round(plot.X(e.Options!.LrD)), Y: Math.Round(plot.Y(e.Options!.LrG)))))
            Cluster(markup, sweep, labels, place.Key.X, place.Key.Y, [.. place.OrderBy(e => Family.Of(e.Options).Class).ThenBy(e => e.Number)], colour);
        plot.End();
    }

    /// <summary>Score of a point; null for a failure or an experiment without one.</summary>
    private static double? Value(ExperimentRecord experiment) =>
        experiment.Best is { Score.Value: var value } && double.IsFinite(value) ? value : null;

    // Room of a quarter decade around, so that clusters at the edge stay inside.
    private static Axis Rates(IEnumerable<double> rates)
    {
        double[] all = [.. rates.Where(r => r > 0)];
        return new Axis(all.DefaultIfEmpty(1e-5).Min() / 1.9, all.DefaultIfEmpty(1e-3).Max() * 1.9, AxisKind.Log);
    }

    // Experiments of equal rates stand around their place in a sunflower's spiral instead of over one another.
    private static void Cluster(Markup markup, SweepRecord sweep, ConfigurationLabels labels, double x, double y, ExperimentRecord[] members, Axis colour)
    {
        for (int i = 0; i < members.Length; i++)
        {
            double turn = i * 2.399963, distance = members.Length == 1 ? 0 : Apart * 0.62 * Math.Sqrt(i + 0.6);
            Point(markup, sweep, labels, members[i], x + distance * Math.Cos(turn), y + distance * Math.Sin(turn), colour);
        }
    }

    private static void Point(Markup markup, SweepRecord sweep, ConfigurationLabels labels, ExperimentRecord experiment, double x, double y, Axis colour)
    {
        Family family = Family.Of(experiment.Options);
        string title = $"{labels.Full(experiment)}: {Verdict.Of(experiment).Word}, {Words.Metric(sweep.Metric)} {Words.Score(experiment.Best?.Score.Value)}";
        if (Value(experiment) is { } value)
        {
            double place = sweep.Minimize ? 1 - colour.Place(value) : colour.Place(value);
            Marker.Draw(markup, family.Shape, x, y, Radius, "scored", ScoreColour.At(place), title);
        }
        else
        {
            Marker.Draw(markup, family.Shape, x, y, Radius, "scored", "var(--card)", title);
        }
        if (Verdict.Of(experiment).Class is "v-bad" or "v-warn")
            markup.Empty("path", ("class", "failed"), ("d", $"M{Number(x - 6)} {Number(y - 6)}L{Number(x + 6)} {Number(y + 6)}M{Number(x + 6)} {Number(y - 6)}L{Number(x - 6)} {Number(y + 6)}"));
    }

    private static void Key(Markup markup, SweepRecord sweep, Axis colour, int scores)
    {
        if (scores == 0)
            return;
        (double best, double worst) = sweep.Minimize ? (colour.Min, colour.Max) : (colour.Max, colour.Min);
        markup.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", "chart"), ("viewBox", $"0 0 {Number(Width)} 34"), ("role", "img"),
            ("aria-label", $"Colour key: yellow is {Words.Score(best)}, the best; dark blue is {Words.Score(worst)}, the worst."));
        const int steps = 40;
        for (int i = 0; i < steps; i++)
            markup.Empty("rect", ("x", Number(120 + i * 5)), ("y", "4"), ("width", "5.5"), ("height", "12"), ("fill", ScoreColour.At((double)i / (steps - 1))));
        markup.Element("text", $"{Words.Metric(sweep.Metric)} {Words.Score(worst)}", ("x", "112"), ("y", "14"), ("text-anchor", "end"));
        markup.Element("text", $"{Words.Score(best)} (best)", ("x", "328"), ("y", "14"));
        markup.Close();
    }
}
