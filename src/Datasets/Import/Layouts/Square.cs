namespace CatGan.Datasets.Import.Layouts;

/// <summary>
/// A square to cut out, perhaps turned, in a picture whose upper left pixel covers 0 to 1. Its own x axis points
/// along (<paramref name="AxisX"/>, <paramref name="AxisY"/>), of length 1, and its y axis a right angle clockwise from there.
/// </summary>
/// <param name="X">Its upper left corner.</param>
/// <param name="Y">Its upper left corner.</param>
/// <param name="Side">Length of its side in the picture's pixels.</param>
/// <param name="AxisX">Cosine of its rotation.</param>
/// <param name="AxisY">Sine of its rotation, clockwise.</param>
internal readonly record struct Square(double X, double Y, double Side, double AxisX, double AxisY)
{
    /// <summary>The place in the picture of a place in the square, both of whose coordinates go from 0 to 1.</summary>
    public (double X, double Y) At(double s, double t) =>
        (X + Side * (s * AxisX - t * AxisY), Y + Side * (s * AxisY + t * AxisX));
}
