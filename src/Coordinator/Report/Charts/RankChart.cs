using CatGan.Coordinator.Results;
using static CatGan.Coordinator.Report.Markup;

namespace CatGan.Coordinator.Report.Charts;

/// <summary>A row a family, a point a configuration: where the variants stand against the floor.</summary>
internal static class RankChart
{
    private const double Width = 440, Row = 44, Top = 26, Bottom = 42, Left = 104, Right = 18;

    /// <summary>Draws it; nothing when no configuration has a score.</summary>
    public static void Write(Markup markup, ReportModel model)
    {
        // Quick scores lie higher than full ones: they are drawn only where there are no others.
        bool interim = model.Best is { Mean: null };
        FamilyResult[] rows = [.. model.Families.Where(f => Has(f.Best, interim)).OrderBy(f => model.Order(f.Best))];
        if (rows.Length == 0)
            return;
        ConfigurationRank[] all = [.. rows.SelectMany(r => r.Configurations).Where(c => Has(c, interim))];
        Axis axis = Scale(all);
        double height = Top + rows.Length * Row + Bottom;
        string name = Words.Metric(model.Sweep.Metric), title = $"{name} of every configuration by variant, against the floor of real pictures.";
        markup.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", "chart"), ("role", "img"), ("viewBox", $"0 0 {Number(Width)} {Number(height)}"), ("aria-label", title));
        markup.Element("title", title);
        Grid(markup, axis, height, $"{name} ({(model.Sweep.Minimize ? "smaller" : "larger")} is better{(axis.Kind == AxisKind.Log ? ", log scale" : "")})");
        Floor(markup, axis, all, height);
        for (int i = 0; i < rows.Length; i++)
            WriteRow(markup, model, axis, rows[i], interim, Top + (i + 0.5) * Row);
        markup.Close().Line();
    }

    private static Axis Scale(ConfigurationRank[] all)
    {
        double[] values = [.. all.SelectMany(c => (double?[])[c.Shown, c.ShownFloor, c.Mean + c.Spread, c.Mean - c.Spread]).OfType<double>()];
        double[] core = [.. all.SelectMany(c => (double?[])[c.Shown, c.ShownFloor]).OfType<double>().Where(v => v > 0)];
        bool log = core.Length > 0 && all.All(c => c.Shown > 0) && core.Max() / core.Min() > 6;
        return Axis.Around(log ? values.Where(v => v >= core.Min() / 2) : values, log ? AxisKind.Log : AxisKind.Linear);
    }

    private static bool Has(ConfigurationRank configuration, bool interim) => (interim ? configuration.Interim : configuration.Mean) is not null;

    private static double X(Axis axis, double value) => Left + axis.Place(value) * (Width - Left - Right);

    private static void Grid(Markup markup, Axis axis, double height, string label)
    {
        foreach (double tick in axis.Ticks(6))
        {
            string x = Number(X(axis, tick));
            markup.Empty("line", ("class", "grid"), ("x1", x), ("x2", x), ("y1", Number(Top)), ("y2", Number(height - Bottom)));
            markup.Element("text", Words.Count(tick), ("class", "tick"), ("x", x), ("y", Number(height - Bottom + 16)), ("text-anchor", "middle"));
        }
        markup.Element("text", label, ("class", "label"), ("x", Number((Left + Width - Right) / 2)), ("y", Number(height - 6)), ("text-anchor", "middle"));
    }

    private static void Floor(Markup markup, Axis axis, ConfigurationRank[] all, double height)
    {
        if (all[0].ShownFloor is not { } floor)
            return;
        string x = Number(X(axis, floor));
        markup.Empty("line", ("class", "floor"), ("x1", x), ("x2", x), ("y1", Number(Top)), ("y2", Number(height - Bottom)));
        bool left = X(axis, floor) > Width - 150;
        markup.Element("text", all[0].Pictures > 0 ? $"floor: {Words.Whole(all[0].Pictures)} real pictures" : "real pictures (floor)", ("class", "floor-name"), ("x", Number(X(axis, floor) + (left ? -4 : 4))), ("y", Number(Top - 8)), ("text-anchor", left ? "end" : "start"));
    }

    private static void WriteRow(Markup markup, ReportModel model, Axis axis, FamilyResult row, bool interim, double y)
    {
        markup.Element("text", row.Family.Name, ("class", "row"), ("x", Number(Left - 10)), ("y", Number(y + 4)), ("text-anchor", "end"));
        foreach (ConfigurationRank configuration in row.Configurations.Where(c => Has(c, interim)).Reverse())
        {
            bool best = configuration == row.Best;
            double mean = configuration.Shown!.Value, x = X(axis, mean);
            if (best && configuration.Spread is > 0 and { } spread)
            {
                markup.Open("g", ("class", row.Family.Class)).Empty("line", ("class", "bar"), ("y1", Number(y)), ("y2", Number(y)),
                    ("x1", Number(X(axis, mean - spread))), ("x2", Number(X(axis, mean + spread)))).Close();
            }
            Marker.Draw(markup, row.Family.Shape, x, y, best ? 8 : 5, $"mark {(best ? "" : "light ")}{row.Family.Class}",
                title: $"{model.Labels.Full(configuration.Best)}: {Words.Score(mean)}");
        }
    }
}
