using SkiaSharp;

namespace CatGan.Coordinator.Report.Pictures;

/// <summary>Puts pictures together on sheets for the report.</summary>
internal static class Sheets
{
    private const int LargestTile = 64;
    private const int StripQuality = 90;

    /// <summary>The first pictures of a grid, sharp, as PNG.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="columns">Most pictures a row.</param>
    /// <param name="rows">Most rows.</param>
    public static Inlined Corner(SampleGrid grid, int columns, int rows)
    {
        columns = Math.Min(columns, grid.Layout.Columns);
        rows = Math.Min(rows, grid.Layout.Rows);
        int tile = grid.Layout.Tile;
        return Draw(columns * tile, rows * tile, SKEncodedImageFormat.Png, canvas =>
        {
            for (int i = 0; i < columns * rows; i++)
                grid.Draw(canvas, i / columns * grid.Layout.Columns + i % columns, Place(i % columns, i / columns, tile));
        });
    }

    /// <summary>A strip over time; each grid gives one column.</summary>
    /// <param name="grids">Grids in the order of images, all with the same layout.</param>
    /// <param name="rows">Most pictures a column.</param>
    public static Strip Strip(IReadOnlyList<SampleGrid> grids, int rows)
    {
        rows = Math.Min(rows, grids.Min(g => g.Count));
        int tile = Math.Min(LargestTile, grids[0].Layout.Tile);
        Inlined picture = Draw(grids.Count * tile, rows * tile, SKEncodedImageFormat.Jpeg, canvas =>
        {
            for (int column = 0; column < grids.Count; column++)
            {
                for (int row = 0; row < rows; row++)
                    grids[column].Draw(canvas, row, Place(column, row, tile));
            }
        });
        return new Strip(picture, rows, [.. grids.Select(g => g.Images)]);
    }

    /// <summary>One picture of a data set as PNG.</summary>
    /// <param name="planes">Bytes of channel, row, column.</param>
    /// <param name="side">Side in pixels.</param>
    /// <param name="mirrored">Turn left and right around.</param>
    public static Inlined Single(ReadOnlySpan<byte> planes, int side, bool mirrored)
    {
        using SKBitmap bitmap = new(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                int at = y * side + (mirrored ? side - 1 - x : x), plane = side * side;
                bitmap.SetPixel(x, y, new SKColor(planes[at], planes[plane + at], planes[2 * plane + at]));
            }
        }
        using SKData file = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return Inlined.Of(file.AsSpan(), "image/png", side, side);
    }

    private static SKRect Place(int column, int row, int tile) => SKRect.Create(column * tile, row * tile, tile, tile);

    private static Inlined Draw(int width, int height, SKEncodedImageFormat format, Action<SKCanvas> draw)
    {
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (SKCanvas canvas = new(bitmap))
            draw(canvas);
        using SKPixmap pixels = bitmap.PeekPixels();
        using SKData file = (format == SKEncodedImageFormat.Png
            ? pixels.Encode(SKPngEncoderOptions.Default)
            : pixels.Encode(new SKJpegEncoderOptions(StripQuality, SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.Ignore)))
            ?? throw new InvalidOperationException($"A sheet of {width} x {height} pixels could not be encoded.");
        return Inlined.Of(file.AsSpan(), format == SKEncodedImageFormat.Png ? "image/png" : "image/jpeg", width, height);
    }
}
