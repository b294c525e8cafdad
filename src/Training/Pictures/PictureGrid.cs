using SkiaSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Pictures;

/// <summary>Generated pictures side by side as one PNG.</summary>
internal static class PictureGrid
{
    // White, 2 pixels wide, between pictures and around them: as sheets of a data set have it.
    private const int Gap = 2;

    /// <summary>Columns of a grid about as wide as it is high.</summary>
    public static int ColumnsFor(int count) => (int)Math.Ceiling(Math.Sqrt(count));

    /// <summary>Lays pictures out row by row; places left over in the last row stay white.</summary>
    /// <param name="pictures">[N, 3, S, S] in [-1, 1], N at least 1.</param>
    /// <param name="columns">Pictures a row, at least 1.</param>
    public static byte[] Png(Tensor pictures, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        using var scope = NewDisposeScope();
        var (count, size) = ((int)pictures.shape[0], (int)pictures.shape[^1]);
        columns = Math.Min(columns, count);
        var rows = (count + columns - 1) / columns;
        var step = size + Gap;
        using var bitmap = new SKBitmap(new SKImageInfo((columns * step) + Gap, (rows * step) + Gap, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.White);
        var pixels = PixelValues.Of(pictures).permute(0, 2, 3, 1).cpu().contiguous().bytes; // [N, S, S, 3]
        for (var i = 0; i < count; i++)
        {
            var picture = pixels.Slice(i * size * size * 3, size * size * 3);
            Place(bitmap, picture, size, Gap + (i % columns * step), Gap + (i / columns * step));
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void Place(SKBitmap bitmap, ReadOnlySpan<byte> picture, int size, int left, int top)
    {
        var target = bitmap.GetPixelSpan();
        for (var i = 0; i < size * size; i++)
        {
            var at = ((top + (i / size)) * bitmap.RowBytes) + ((left + (i % size)) * 4);
            picture.Slice(3 * i, 3).CopyTo(target.Slice(at, 3));
        }
    }
}
