using SkiaSharp;

namespace CatGan.Datasets;

/// <summary>Many pictures of a data set in one, to look at.</summary>
public static class ContactSheet
{
    /// <summary>Gap between pictures and around them, in pixels.</summary>
    private const int Gap = 2;

    /// <summary>Writes a PNG of pictures spread evenly over the set, in the set's order, row by row.</summary>
    /// <param name="pictures">The set.</param>
    /// <param name="destination">Where the PNG goes.</param>
    /// <param name="count">Number of pictures, at least 1; fewer when the set has fewer.</param>
    /// <param name="columns">Pictures a row; 0 for a sheet about as wide as it is high.</param>
    public static void Write(PictureSet pictures, Stream destination, int count = 64, int columns = 0)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        count = Math.Min(count, pictures.Count);
        columns = Math.Min(count, columns == 0 ? (int)Math.Ceiling(Math.Sqrt(count)) : columns);
        int rows = (count + columns - 1) / columns;
        int cell = pictures.Size + Gap;
        using SKBitmap sheet = new(new SKImageInfo(columns * cell + Gap, rows * cell + Gap, SKColorType.Rgba8888, SKAlphaType.Opaque));
        sheet.Erase(SKColors.White);
        byte[] pixels = new byte[3 * pictures.Size * pictures.Size];
        for (int i = 0; i < count; i++)
        {
            pictures.Read((int)((long)i * pictures.Count / count), pixels);
            Place(sheet, pixels, pictures.Size, Gap + i % columns * cell, Gap + i / columns * cell);
        }

        using SKData png = sheet.Encode(SKEncodedImageFormat.Png, 100);
        png.SaveTo(destination);
    }

    private static void Place(SKBitmap sheet, byte[] pixels, int size, int left, int top)
    {
        Span<byte> target = sheet.GetPixelSpan();
        int plane = size * size;
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                int from = y * size + x;
                int to = (top + y) * sheet.RowBytes + (left + x) * 4;
                target[to] = pixels[from];
                target[to + 1] = pixels[plane + from];
                target[to + 2] = pixels[2 * plane + from];
            }
        }
    }
}
