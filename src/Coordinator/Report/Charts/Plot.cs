using static CatGan.Coordinator.Report.Markup;

namespace CatGan.Coordinator.Report.Charts;

/// <summary>What a chart is, in words and size.</summary>
/// <param name="Title">What it shows, for those who cannot see it.</param>
/// <param name="Width">Width in chart units; text is 12 of them high.</param>
/// <param name="Height">Height in the same units.</param>
/// <param name="XLabel">What x is, with unit; empty to save the room.</param>
/// <param name="YLabel">What y is, with unit; it stands above the axis.</param>
internal sealed record PlotFrame(string Title, double Width, double Height, string XLabel, string YLabel);

/// <summary>A chart's axes, grid and labels, and the way from values to places on it.</summary>
internal sealed class Plot
{
    private const double Top = 24, Right = 14, Left = 50;
    private readonly Markup _markup;
    private readonly double _bottom;

    private Plot(Markup markup, PlotFrame frame, Axis x, Axis y)
    {
        (_markup, Frame, XAxis, YAxis) = (markup, frame, x, y);
        _bottom = frame.XLabel.Length > 0 ? 38 : 22;
    }

    /// <summary>Words and size.</summary>
    public PlotFrame Frame { get; }

    /// <summary>The axis along the bottom.</summary>
    public Axis XAxis { get; }

    /// <summary>The axis along the left.</summary>
    public Axis YAxis { get; }

    /// <summary>Left and right end of the area in chart units.</summary>
    public (double From, double To) XRange => (Left, Frame.Width - Right);

    /// <summary>Opens the SVG and draws grid, ticks and labels; <see cref="End"/> closes it.</summary>
    /// <param name="markup">What to write to.</param>
    /// <param name="frame">Words and size.</param>
    /// <param name="x">Horizontal axis.</param>
    /// <param name="y">Vertical axis.</param>
    /// <param name="xTick">Words for a tick of x; counts by default.</param>
    /// <param name="yTick">Words for a tick of y; counts by default.</param>
    public static Plot Begin(Markup markup, PlotFrame frame, Axis x, Axis y, Func<double, string>? xTick = null, Func<double, string>? yTick = null)
    {
        Plot plot = new(markup, frame, x, y);
        markup.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", "chart"), ("role", "img"),
            ("viewBox", $"0 0 {Number(frame.Width)} {Number(frame.Height)}"), ("aria-label", frame.Title));
        markup.Element("title", frame.Title);
        plot.Grid(xTick ?? Words.Count, yTick ?? Words.Count);
        return plot;
    }

    /// <summary>Horizontal place of a value.</summary>
    public double X(double value) => Left + XAxis.Place(value) * (Frame.Width - Right - Left);

    /// <summary>Vertical place of a value.</summary>
    public double Y(double value) => Frame.Height - _bottom - YAxis.Place(value) * (Frame.Height - _bottom - Top);

    /// <summary>Draws a line through points; values that are not finite break it.</summary>
    public void Line(IEnumerable<(double X, double Y)> points, string css)
    {
        List<string> part = [];
        foreach ((double x, double y) in points.Append((double.NaN, double.NaN)))
        {
            bool shown = double.IsFinite(x) && double.IsFinite(y) && (YAxis.Kind != AxisKind.Log || y > 0);
            if (shown)
                part.Add($"{Number(X(x))},{Number(Y(y))}");
            else if (part.Count > 0)
                Flush(part, css);
        }
    }

    /// <summary>Draws a dashed line across at a value, named at its right end, or at the left where curves begin high.</summary>
    public void Reference(double value, string label, bool left = false)
    {
        (double from, double to) = XRange;
        string y = Number(Y(value));
        _markup.Empty("line", ("class", "floor"), ("x1", Number(from)), ("x2", Number(to)), ("y1", y), ("y2", y));
        if (label.Length > 0)
            _markup.Element("text", label, ("class", "floor-name"), ("x", Number(left ? from + 3 : to - 2)), ("y", Number(Y(value) - 4)), ("text-anchor", left ? "start" : "end"));
    }

    /// <summary>Closes the SVG.</summary>
    public void End() => _markup.Close().Line();

    private void Flush(List<string> part, string css)
    {
        if (part.Count > 1)
            _markup.Empty("polyline", ("class", css), ("points", string.Join(" ", part)));
        else
            _markup.Open("g", ("class", css)).Empty("circle", ("class", "lone"), ("cx", part[0].Split(',')[0]), ("cy", part[0].Split(',')[1]), ("r", "2")).Close();
        part.Clear();
    }

    private void Grid(Func<double, string> xTick, Func<double, string> yTick)
    {
        double bottom = Frame.Height - _bottom;
        (double from, double to) = XRange;
        int most = Frame.Height < 200 ? 4 : 6;
        foreach (double tick in YAxis.Ticks(most))
        {
            string y = Number(Y(tick));
            _markup.Empty("line", ("class", "grid"), ("x1", Number(from)), ("x2", Number(to)), ("y1", y), ("y2", y));
            _markup.Element("text", yTick(tick), ("class", "tick"), ("x", Number(Left - 6)), ("y", Number(Y(tick) + 4)), ("text-anchor", "end"));
        }
        foreach (double tick in XAxis.Ticks(Frame.Width < 400 ? 4 : 6))
        {
            string x = Number(X(tick)), anchor = X(tick) > to - 16 ? "end" : "middle";
            _markup.Empty("line", ("class", "grid"), ("x1", x), ("x2", x), ("y1", Number(Top)), ("y2", Number(bottom)));
            _markup.Element("text", xTick(tick), ("class", "tick"), ("x", anchor == "end" ? Number(to + Right - 1) : x), ("y", Number(bottom + 15)), ("text-anchor", anchor));
        }
        _markup.Empty("line", ("class", "axis"), ("x1", Number(from)), ("x2", Number(to)), ("y1", Number(bottom)), ("y2", Number(bottom)));
        _markup.Element("text", Frame.YLabel, ("class", "label"), ("x", "4"), ("y", "13"));
        if (Frame.XLabel.Length > 0)
            _markup.Element("text", Frame.XLabel, ("class", "label"), ("x", Number((from + to) / 2)), ("y", Number(Frame.Height - 5)), ("text-anchor", "middle"));
    }
}
