namespace CatGan.Datasets.Import.Layouts;

/// <summary>How much of a square lies in a picture, by clipping (Sutherland and Hodgman 1974).</summary>
internal static class SquareOverlap
{
    /// <summary>Share of the square's area outside of a picture, 0 to 1.</summary>
    public static double Outside(Square square, int width, int height)
    {
        List<(double X, double Y)> inside = [square.At(0, 0), square.At(1, 0), square.At(1, 1), square.At(0, 1)];
        inside = Clip(inside, p => p.X);
        inside = Clip(inside, p => width - p.X);
        inside = Clip(inside, p => p.Y);
        inside = Clip(inside, p => height - p.Y);
        return Math.Clamp(1 - Area(inside) / (square.Side * square.Side), 0, 1);
    }

    /// <summary>The part of a convex polygon where <paramref name="depth"/> is not negative.</summary>
    private static List<(double X, double Y)> Clip(List<(double X, double Y)> polygon, Func<(double X, double Y), double> depth)
    {
        List<(double X, double Y)> kept = [];
        for (int i = 0; i < polygon.Count; i++)
        {
            (double X, double Y) a = polygon[i], b = polygon[(i + 1) % polygon.Count];
            double da = depth(a), db = depth(b);
            if (da >= 0)
                kept.Add(a);
            if (da < 0 != db < 0)
                kept.Add((a.X + (b.X - a.X) * da / (da - db), a.Y + (b.Y - a.Y) * da / (da - db)));
        }

        return kept;
    }

    private static double Area(List<(double X, double Y)> polygon)
    {
        double twice = 0;
        for (int i = 0; i < polygon.Count; i++)
        {
            (double X, double Y) a = polygon[i], b = polygon[(i + 1) % polygon.Count];
            twice += a.X * b.Y - b.X * a.Y;
        }

        return Math.Abs(twice) / 2;
    }
}
