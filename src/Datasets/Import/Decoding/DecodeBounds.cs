using SkiaSharp;

namespace CatGan.Datasets.Import.Decoding;

/// <summary>Bounds that keep an import's memory bounded, whatever the pictures say they are.</summary>
internal static class DecodeBounds
{
    /// <summary>Largest encoded file.</summary>
    public const long MaxFileBytes = 96L << 20;

    /// <summary>Most pixels of one picture: a 100-megapixel camera's.</summary>
    public const long MaxPixels = 104_000_000;

    /// <summary>Encoded files in memory at a time.</summary>
    public const long EncodedBudget = 128L << 20;

    /// <summary>Memory for decoding, of all pictures together.</summary>
    public const long DecodeBudget = 640L << 20;

    /// <summary>
    /// Upper bound of the memory that decoding takes: four bytes a pixel, and what the decoder keeps besides:
    /// all coefficients of a progressive JPEG, all rows of an interlaced PNG, the canvas of WebP and GIF.
    /// </summary>
    public static long DecodeBytes(SKEncodedImageFormat format, long pixels, ReadOnlySpan<byte> file) => format switch
    {
        SKEncodedImageFormat.Jpeg => pixels * (4 + JpegCoefficientBytes(file)),
        SKEncodedImageFormat.Png when file.Length > 28 && file[28] != 0 => pixels * 12,
        SKEncodedImageFormat.Png or SKEncodedImageFormat.Bmp => pixels * 4,
        _ => pixels * 12,
    };

    /// <summary>Two bytes a coefficient when the JPEG's frame is not sequential; a row of blocks, that is nothing, when it is.</summary>
    private static int JpegCoefficientBytes(ReadOnlySpan<byte> file)
    {
        int i = 2;
        while (i + 9 < file.Length)
        {
            if (file[i] != 0xff)
                return 8;
            byte marker = file[i + 1];
            if (marker == 0xff)
            {
                i++;
                continue;
            }

            bool frame = marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);
            if (frame)
                return marker is 0xc0 or 0xc1 && !SeveralScans(file[i..]) ? 0 : 2 * Math.Clamp((int)file[i + 9], 1, 4);
            i += 2 + (file[i + 2] << 8 | file[i + 3]);
        }

        return 8;
    }

    /// <summary>A sequential JPEG with a scan for each component also keeps all coefficients.</summary>
    private static bool SeveralScans(ReadOnlySpan<byte> frame)
    {
        int components = frame[9];
        int scan = frame.IndexOf((ReadOnlySpan<byte>)[0xff, 0xda]);
        return scan < 0 || scan + 4 >= frame.Length || frame[scan + 4] < components;
    }
}
