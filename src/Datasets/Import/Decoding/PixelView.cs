using SkiaSharp;

namespace CatGan.Datasets.Import.Decoding;

/// <summary>Decoded pixels as they are to be looked at: turned and mirrored by steps through memory, not by a copy.</summary>
internal readonly ref struct PixelView
{
    /// <summary>Bytes of the decoded picture: red, green, blue, unused.</summary>
    public readonly ReadOnlySpan<byte> Bytes;

    /// <summary>Width and height as looked at.</summary>
    public readonly int Width, Height;

    /// <summary>Place of the upper left pixel.</summary>
    public readonly int First;

    /// <summary>Bytes to the next pixel on the right, and to the next below.</summary>
    public readonly int StepX, StepY;

    /// <param name="bitmap">The pixels as stored.</param>
    /// <param name="origin">Where the stored picture's corner is (EXIF orientation 1 to 8).</param>
    public PixelView(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        Bytes = bitmap.GetPixelSpan();
        int right = (bitmap.Width - 1) * 4, bottom = (bitmap.Height - 1) * bitmap.RowBytes, row = bitmap.RowBytes;
        (First, StepX, StepY) = origin switch
        {
            SKEncodedOrigin.TopRight => (right, -4, row),
            SKEncodedOrigin.BottomRight => (right + bottom, -4, -row),
            SKEncodedOrigin.BottomLeft => (bottom, 4, -row),
            SKEncodedOrigin.LeftTop => (0, row, 4),
            SKEncodedOrigin.RightTop => (bottom, -row, 4),
            SKEncodedOrigin.RightBottom => (right + bottom, -row, -4),
            SKEncodedOrigin.LeftBottom => (right, row, -4),
            _ => (0, 4, row),
        };
        (Width, Height) = Oriented(bitmap.Width, bitmap.Height, origin);
    }

    /// <summary>Width and height as looked at, from those stored.</summary>
    public static (int Width, int Height) Oriented(int width, int height, SKEncodedOrigin origin) =>
        origin >= SKEncodedOrigin.LeftTop ? (height, width) : (width, height);

    /// <summary>Place of a pixel; outside of the picture, of its mirror image.</summary>
    public int At(int x, int y) => First + Mirror(x, Width) * StepX + Mirror(y, Height) * StepY;

    private static int Mirror(int i, int n)
    {
        if ((uint)i < (uint)n)
            return i;
        int m = i % (2 * n);
        m = m < 0 ? m + 2 * n : m;
        return m < n ? m : 2 * n - 1 - m;
    }
}
