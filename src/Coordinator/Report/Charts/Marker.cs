using static CatGan.Coordinator.Report.Markup;

namespace CatGan.Coordinator.Report.Charts;

/// <summary>Shape of a point in a chart.</summary>
internal enum MarkerShape
{
    /// <summary>A filled circle.</summary>
    Circle,

    /// <summary>A filled square.</summary>
    Square,

    /// <summary>A triangle that points up.</summary>
    Triangle,

    /// <summary>A triangle that points down.</summary>
    Down,

    /// <summary>A square on its corner.</summary>
    Diamond,

    /// <summary>A plus with thick arms.</summary>
    Cross,

    /// <summary>A circle's line.</summary>
    Ring,
}

/// <summary>Draws points.</summary>
internal static class Marker
{
    /// <summary>Draws a point of the shape about (x, y) with radius <paramref name="r"/>.</summary>
    /// <param name="markup">What to write to.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="x">Centre in chart units.</param>
    /// <param name="y">Centre in chart units.</param>
    /// <param name="r">Half its size in chart units.</param>
    /// <param name="css">Class.</param>
    /// <param name="fill">Fill colour in place of the class's.</param>
    /// <param name="title">What it says when pointed at.</param>
    public static void Draw(Markup markup, MarkerShape shape, double x, double y, double r, string css, string? fill = null, string? title = null)
    {
        string? style = fill is null ? null : $"fill:{fill}";
        markup.Open("g", ("class", css), ("style", style));
        if (title is not null)
            markup.Element("title", title);
        if (shape is MarkerShape.Circle or MarkerShape.Ring)
            markup.Empty("circle", ("cx", Number(x)), ("cy", Number(y)), ("r", Number(r * 0.92)), ("fill", shape == MarkerShape.Ring ? "none" : null));
        else
            markup.Empty("path", ("d", Path(shape, x, y, r)));
        markup.Close();
    }

    private static string Path(MarkerShape shape, double x, double y, double r)
    {
        double a = r * 0.36;
        (double X, double Y)[] corners = shape switch
        {
            MarkerShape.Square => [(-.82 * r, -.82 * r), (.82 * r, -.82 * r), (.82 * r, .82 * r), (-.82 * r, .82 * r)],
            MarkerShape.Triangle => [(0, -1.1 * r), (1.05 * r, .8 * r), (-1.05 * r, .8 * r)],
            MarkerShape.Down => [(0, 1.1 * r), (1.05 * r, -.8 * r), (-1.05 * r, -.8 * r)],
            MarkerShape.Diamond => [(0, -1.15 * r), (1.15 * r, 0), (0, 1.15 * r), (-1.15 * r, 0)],
            _ => [(-a, -r), (a, -r), (a, -a), (r, -a), (r, a), (a, a), (a, r), (-a, r), (-a, a), (-r, a), (-r, -a), (-a, -a)],
        };
        return "M" + string.Join("L", corners.Select(c => $"{Number(x + c.X)} {Number(y + c.Y)}")) + "Z";
    }
}
