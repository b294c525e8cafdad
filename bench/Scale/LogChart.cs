using System.Globalization;
using System.Text;

namespace CatGan.Bench.Scale;

/// <summary>A line chart over the number of experiments, 1,000 to 100,000, both axes logarithmic.</summary>
internal sealed class LogChart(string title, double lowest, double highest)
{
    public const int Width = 460, Height = 340;

    private const int Left = 60, Right = 30, Top = 40, Bottom = 45;
    private const double First = 1000, Last = 100_000;
    private readonly StringBuilder _lines = new();
    private int _series;

    public void Add(string name, string color, IEnumerable<(double X, double Y)> points)
    {
        List<string> at = [.. points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.X):0.#},{Y(p.Y):0.#}"))];
        if (at.Count == 0)
            return;
        _lines.AppendLine(CultureInfo.InvariantCulture, $"""<polyline points="{string.Join(' ', at)}" fill="none" stroke="{color}" stroke-width="2"/>""");
        foreach (string[] point in at.Select(p => p.Split(',')))
            _lines.AppendLine(CultureInfo.InvariantCulture, $"""<circle cx="{point[0]}" cy="{point[1]}" r="3" fill="{color}"/>""");
        int y = Height - Bottom - 12 - (16 * _series++);
        _lines.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left + 24}" y="{y + 4}">{name}</text><path d="M{Left + 6} {y}h14" stroke="{color}" stroke-width="2"/>""");
    }

    /// <summary>The chart as a group, moved to the right.</summary>
    public string Svg(int right)
    {
        StringBuilder svg = new();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<g transform="translate({right} 0)"><text x="{Left}" y="22" font-weight="bold">{title}</text>""");
        for (double y = lowest; y <= highest * 1.001; y *= 10)
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<path d="M{Left} {Y(y):0.#}H{Width - Right}" stroke="#ddd"/><text x="{Left - 6}" y="{Y(y) + 4:0.#}" text-anchor="end">{y:#,0}</text>""");
        for (double x = First; x <= Last * 1.001; x *= 10)
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<path d="M{X(x):0.#} {Top}V{Height - Bottom}" stroke="#ddd"/><text x="{X(x):0.#}" y="{Height - Bottom + 18}" text-anchor="middle">{x:#,0}</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{(Left + Width - Right) / 2}" y="{Height - 8}" text-anchor="middle">experiments</text>""");
        return svg.Append(_lines).Append("</g>").ToString();
    }

    private static double X(double value) => Left + ((Width - Left - Right) * Math.Log(value / First) / Math.Log(Last / First));

    private double Y(double value) =>
        Height - Bottom - ((Height - Top - Bottom) * Math.Log(Math.Clamp(value, lowest, highest) / lowest) / Math.Log(highest / lowest));
}
