using SkiaSharp;

namespace CatGan.Coordinator.Report.Pictures;

/// <summary>A decoded sample grid, of which pictures can be taken.</summary>
internal sealed class SampleGrid : IDisposable
{
    private readonly SKBitmap _bitmap;

    private SampleGrid(SKBitmap bitmap, GridLayout layout, long images)
    {
        (_bitmap, Layout, Images) = (bitmap, layout, images);
        Count = layout.Count;
        while (Count > 1 && IsWhite(Count - 1))
            Count--;
    }

    /// <summary>Pictures in it; places left over in the last row are not counted.</summary>
    public int Count { get; }

    /// <summary>Where its pictures lie.</summary>
    public GridLayout Layout { get; }

    /// <summary>Images of training when it was drawn.</summary>
    public long Images { get; }

    /// <summary>Decodes a grid.</summary>
    /// <param name="png">The file.</param>
    /// <param name="tile">Side of its pictures.</param>
    /// <param name="images">Images of training when it was drawn.</param>
    /// <returns>Null when it is no picture, or no grid of pictures of this size.</returns>
    public static SampleGrid? Decode(byte[] png, int tile, long images)
    {
        if (SKBitmap.DecodeBounds(png) is not { Width: > 0, Height: > 0 } bounds || GridLayout.Of(bounds.Width, bounds.Height, tile) is not { } layout)
            return null;
        SKBitmap? bitmap = SKBitmap.Decode(png, new SKImageInfo(bounds.Width, bounds.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        return bitmap is null ? null : new SampleGrid(bitmap, layout, images);
    }

    /// <summary>Draws one of its pictures into a rectangle.</summary>
    public void Draw(SKCanvas canvas, int index, SKRect to)
    {
        SKRect from = SKRect.Create(Layout.Left(index), Layout.Top(index), Layout.Tile, Layout.Tile);
        using SKImage image = SKImage.FromBitmap(_bitmap);
        canvas.DrawImage(image, from, to, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.None));
    }

    /// <summary>One of its pictures as a data set holds it.</summary>
    /// <returns>Bytes of channel, row, column.</returns>
    public byte[] Read(int index)
    {
        int side = Layout.Tile, left = Layout.Left(index), top = Layout.Top(index);
        byte[] planes = new byte[3 * side * side]; // [3, S, S]
        ReadOnlySpan<byte> pixels = _bitmap.GetPixelSpan(); // rows of RGBA
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                int at = (top + y) * _bitmap.RowBytes + (left + x) * 4;
                for (int channel = 0; channel < 3; channel++)
                    planes[(channel * side + y) * side + x] = pixels[at + channel];
            }
        }
        return planes;
    }

    private bool IsWhite(int index) => !Read(index).AsSpan().ContainsAnyExcept(byte.MaxValue);

    /// <inheritdoc/>
    public void Dispose() => _bitmap.Dispose();
}
