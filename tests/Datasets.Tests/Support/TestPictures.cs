using System.Buffers.Binary;
using System.IO.Compression;
using SkiaSharp;

namespace CatGan.Datasets.Tests.Support;

/// <summary>Small pictures: the quarters red, green, blue and yellow, row by row.</summary>
internal static class TestPictures
{
    /// <summary>The quarters as a 32 x 32 CMYK JPEG in Adobe's way, which stores inverted values.</summary>
    public const string CmykJpeg =
        "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/8AAFAgAIAAgBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9U6/Kqvyqr9U6KKKK/lXr+qiiiiiiiv6qK/lXoooooor+Vev6qKKKKKKKK/lXr+qiiiiiiv6qK/qor+Veiiiiiv5V6/lXr+qiiiiiiv6qK/qor+Veiiiiiv/Z";

    public static SKColor[] Quarters { get; } = [new(255, 0, 0), new(0, 255, 0), new(0, 0, 255), new(255, 255, 0)];

    public static SKBitmap QuarterBitmap(int width = 32, int height = 32, byte alpha = 255)
    {
        SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                bitmap.SetPixel(x, y, Quarters[2 * y / height * 2 + 2 * x / width].WithAlpha(alpha));
        }

        return bitmap;
    }

    public static byte[] Encode(SKEncodedImageFormat format, int width = 32, int height = 32, byte alpha = 255)
    {
        using SKBitmap bitmap = QuarterBitmap(width, height, alpha);
        return Encode(bitmap, format);
    }

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using SKData data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    /// <summary>A picture whose first pixels tell its number.</summary>
    public static byte[] Numbered(int number, int size = 16)
    {
        using SKBitmap bitmap = new(size, size);
        bitmap.Erase(new SKColor((byte)number, (byte)(number >> 8), 7));
        return Encode(bitmap, SKEncodedImageFormat.Png);
    }

    /// <summary>A PNG from its raw rows, each after a filter byte 0.</summary>
    public static byte[] Png(int width, int height, byte depth, byte colourType, byte[] rows, byte[]? palette = null, byte[]? transparency = null)
    {
        using MemoryStream png = new();
        png.Write([0x89, .. "PNG\r\n\x1a\n"u8]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colourType);
        Chunk(png, "IHDR"u8, header);
        if (palette is not null)
            Chunk(png, "PLTE"u8, palette);
        if (transparency is not null)
            Chunk(png, "tRNS"u8, transparency);
        using MemoryStream packed = new();
        using (ZLibStream zip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(rows);
        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>A JPEG of the quarters whose EXIF asks for a rotation.</summary>
    public static byte[] RotatedJpeg(byte orientation, int width = 32, int height = 32)
    {
        byte[] jpeg = Encode(SKEncodedImageFormat.Jpeg, width, height);
        byte[] exif =
        [
            0xff, 0xe1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8,
            0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    /// <summary>A GIF of one colour a frame, 32 x 32, red and then blue.</summary>
    public static byte[] TwoFrameGif()
    {
        byte[] frame(byte index) =>
        [
            0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 32, 0, 32, 0, 0, 2, .. SolidLzw(index), 0,
        ];
        return [.. "GIF89a"u8, 32, 0, 32, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255, .. frame(0), .. frame(1), 0x3b];
    }

    /// <summary>1,024 pixels of one index in sub-blocks: a clear code before every pair keeps all codes 3 bits wide.</summary>
    private static byte[] SolidLzw(byte index)
    {
        List<int> codes = [];
        for (int i = 0; i < 512; i++)
            codes.AddRange([4, index, index]);
        codes.Add(5);
        byte[] bits = new byte[(codes.Count * 3 + 7) / 8];
        for (int i = 0; i < codes.Count * 3; i++)
            bits[i / 8] |= (byte)(((codes[i / 3] >> (i % 3)) & 1) << (i % 8));
        return [.. bits.Chunk(255).SelectMany(block => (byte[])[(byte)block.Length, .. block])];
    }

    private static void Chunk(Stream png, ReadOnlySpan<byte> type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        byte[] body = [.. type, .. data];
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        png.Write(number);
    }

    private static uint Crc(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int i = 0; i < 8; i++)
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return ~crc;
    }
}
