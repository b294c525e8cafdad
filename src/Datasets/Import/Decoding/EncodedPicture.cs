using SkiaSharp;

namespace CatGan.Datasets.Import.Decoding;

/// <summary>A file whose header has been read and found usable; its pixels have not been decoded yet.</summary>
internal sealed class EncodedPicture : IDisposable
{
    private readonly SKCodec _codec;
    private readonly SKData _data;

    private EncodedPicture(SKCodec codec, SKData data, ReadOnlySpan<byte> file)
    {
        (_codec, _data) = (codec, data);
        Width = codec.Info.Width;
        Height = codec.Info.Height;
        DecodeBytes = DecodeBounds.DecodeBytes(codec.EncodedFormat, (long)Width * Height, file);
    }

    /// <summary>Width as stored, before any rotation that the file asks for.</summary>
    public int Width { get; }

    /// <summary>Height as stored, before any rotation that the file asks for.</summary>
    public int Height { get; }

    /// <summary>Upper bound of the memory that <see cref="Decode"/> takes.</summary>
    public long DecodeBytes { get; }

    /// <summary>How the file asks to be turned (EXIF).</summary>
    public SKEncodedOrigin Origin => _codec.EncodedOrigin;

    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file; it must outlive the result.</param>
    /// <exception cref="PictureRefusedException">No picture, or one beyond the bounds.</exception>
    public static EncodedPicture Open(NativeBuffer file)
    {
        if (file.Length == 0)
            throw new PictureRefusedException(SkipReason.Empty, "the file is empty");
        SKData data = SKData.Create(file.Address, file.Length);
        SKCodec? codec = null;
        try
        {
            codec = SKCodec.Create(new SKMemoryStream(data), out SKCodecResult result);
            Check(codec, result);
            EncodedPicture picture = new(codec!, data, file.Span);
            if (picture.DecodeBytes > DecodeBounds.DecodeBudget)
                throw TooLarge(codec!, $"needs {picture.DecodeBytes >> 20} MiB to decode, but at most {DecodeBounds.DecodeBudget >> 20} MiB are allowed");
            return picture;
        }
        catch
        {
            codec?.Dispose();
            data.Dispose();
            throw;
        }
    }

    /// <summary>Decodes the whole picture (of an animation the first frame) to sRGB, on white where it is transparent.</summary>
    /// <exception cref="PictureRefusedException">The file is cut off or damaged.</exception>
    public SKBitmap Decode()
    {
        SKAlphaType alpha = _codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul;
        using SKColorSpace srgb = SKColorSpace.CreateSrgb();
        SKImageInfo info = new(Width, Height, SKColorType.Rgba8888, alpha, srgb);
        SKBitmap bitmap = new();
        try
        {
            if (!bitmap.TryAllocPixels(info))
                throw new PictureRefusedException(SkipReason.TooLarge, $"{Width} x {Height} pixels do not fit into memory");
            SKCodecResult result = _codec.GetPixels(info, bitmap.GetPixels());
            if (result != SKCodecResult.Success)
                throw new PictureRefusedException(SkipReason.Damaged, Words(result));
            if (alpha != SKAlphaType.Opaque)
                Whiten(bitmap.GetPixelSpan());
            return bitmap;
        }
        catch
        {
            bitmap.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _codec.Dispose();
        _data.Dispose();
    }

    private static void Check(SKCodec? codec, SKCodecResult result)
    {
        if (codec is null)
        {
            bool cut = result == SKCodecResult.IncompleteInput;
            throw new PictureRefusedException(
                cut ? SkipReason.Damaged : SkipReason.NotAPicture,
                cut ? "the file ends within its header" : "the content is no JPEG, PNG, WebP, GIF or BMP");
        }

        if (codec.EncodedFormat is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Gif or SKEncodedImageFormat.Bmp))
            throw new PictureRefusedException(SkipReason.NotAPicture, $"the content is {codec.EncodedFormat}, but must be JPEG, PNG, WebP, GIF or BMP");
        if (codec.Info.Width < 1 || codec.Info.Height < 1)
            throw new PictureRefusedException(SkipReason.Damaged, $"it says it has {codec.Info.Width} x {codec.Info.Height} pixels");
        long pixels = (long)codec.Info.Width * codec.Info.Height;
        if (pixels > DecodeBounds.MaxPixels)
            throw TooLarge(codec, $"has {pixels / 1_000_000} megapixels, but at most {DecodeBounds.MaxPixels / 1_000_000} are allowed");
    }

    private static PictureRefusedException TooLarge(SKCodec codec, string bound) =>
        new(SkipReason.TooLarge, $"the picture of {codec.Info.Width} x {codec.Info.Height} {bound}");

    private static string Words(SKCodecResult result) => result switch
    {
        SKCodecResult.IncompleteInput => "the file is cut off: only a part of the picture is there",
        SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput => "the file is damaged",
        SKCodecResult.InvalidConversion => "its colours cannot be converted to sRGB",
        _ => $"it cannot be decoded ({result})",
    };

    private static void Whiten(Span<byte> rgba)
    {
        for (int i = 0; i < rgba.Length; i += 4)
        {
            int a = rgba[i + 3];
            if (a == 255)
                continue;
            for (int c = i; c < i + 3; c++)
                rgba[c] = (byte)((rgba[c] * a + 255 * (255 - a) + 127) / 255);
        }
    }
}
