namespace CatGan.Search;

/// <summary>
/// The part of a parameter's scale from 0 to 1 on which it has one value: a piece of it for choices and whole numbers, a
/// single point for real ones.
/// </summary>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends.</param>
internal readonly record struct Cell(double Low, double High)
{
    /// <summary>The whole scale.</summary>
    public static Cell Whole { get; } = new(0, 1);

    /// <summary>Its length; 0 for a point.</summary>
    public double Width => High - Low;

    /// <summary>Its middle.</summary>
    public double Middle => (Low + High) / 2;

    /// <summary>One of equal pieces.</summary>
    public static Cell Of(int index, int count) => new((double)index / count, (index + 1.0) / count);

    /// <summary>A point; between two equal bounds (0 divided by 0) it is the middle.</summary>
    public static Cell Point(double place)
    {
        double inside = double.IsFinite(place) ? Math.Clamp(place, 0, 1) : 0.5;
        return new(inside, inside);
    }
}
