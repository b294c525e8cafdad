namespace CatGan.Datasets.Import.Layouts;

/// <summary>The largest square in the middle.</summary>
internal sealed class MiddleLayout(int size) : ISquareLayout
{
    public ImportLayout Kind => ImportLayout.Pictures;

    public bool Orient => true;

    public Square Choose(string name, int width, int height)
    {
        int side = Math.Min(width, height);
        if (side < size)
            throw new PictureRefusedException(SkipReason.TooSmall, $"it is {width} x {height}, but both must be at least {size}");
        // Whole pixels: a picture that has the size already stays exactly as it is.
        return new Square((width - side) / 2, (height - side) / 2, side, 1, 0);
    }
}
