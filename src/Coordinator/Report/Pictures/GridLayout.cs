namespace CatGan.Coordinator.Report.Pictures;

/// <summary>Where the pictures of a sample grid lie.</summary>
/// <param name="Tile">Side of a picture in pixels.</param>
/// <param name="Columns">Pictures a row.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Margin">Pixels before the first picture, at the left and on top.</param>
/// <param name="Gap">Pixels between two pictures.</param>
internal sealed record GridLayout(int Tile, int Columns, int Rows, int Margin, int Gap)
{
    /// <summary>Pictures that have a place in the grid.</summary>
    public int Count => Columns * Rows;

    /// <summary>Left edge of the picture at this index, rows first.</summary>
    public int Left(int index) => Margin + index % Columns * (Tile + Gap);

    /// <summary>Upper edge of the picture at this index, rows first.</summary>
    public int Top(int index) => Margin + index / Columns * (Tile + Gap);

    /// <summary>A layout that explains a grid of this size, this project's own (2 pixels between and around) before others; null when none does.</summary>
    public static GridLayout? Of(int width, int height, int tile)
    {
        foreach (int gap in (int[])[2, 0, 1, 3, 4])
        {
            foreach (int margin in (int[])[gap, 0])
            {
                int across = width - 2 * margin + gap, down = height - 2 * margin + gap;
                if (tile > 0 && across > 0 && down > 0 && across % (tile + gap) == 0 && down % (tile + gap) == 0)
                    return new GridLayout(tile, across / (tile + gap), down / (tile + gap), margin, gap);
            }
        }
        return null;
    }
}
