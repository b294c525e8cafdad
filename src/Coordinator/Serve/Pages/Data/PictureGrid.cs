using CatGan.Coordinator.Report.Neighbours;
using SkiaSharp;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>Draws pictures of a data set as a grid like those of samples: white, 2 pixels between and around.</summary>
internal static class PictureGrid
{
    private const int Gap = 2;

    /// <summary>The grid as PNG.</summary>
    /// <param name="count">Pictures.</param>
    /// <param name="columns">Pictures a row.</param>
    /// <param name="side">Their side in pixels.</param>
    /// <param name="read">Reads one.</param>
    public static byte[] Draw(int count, int columns, int side, PictureReader read)
    {
        int rows = (count + columns - 1) / columns, step = side + Gap;
        using SKBitmap bitmap = new(new SKImageInfo(columns * step + Gap, rows * step + Gap, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.White);
        Span<byte> pixels = bitmap.GetPixelSpan(); // rows of RGBA
        byte[] planes = new byte[3 * side * side]; // [3, S, S]
        for (int i = 0; i < count; i++)
        {
            read(i, planes);
            int left = Gap + i % columns * step, top = Gap + i / columns * step;
            for (int at = 0; at < side * side; at++)
            {
                int to = (top + at / side) * bitmap.RowBytes + (left + at % side) * 4;
                for (int channel = 0; channel < 3; channel++)
                    pixels[to + channel] = planes[channel * side * side + at];
            }
        }
        using SKData file = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return file.ToArray();
    }
}
