using CatGan.Datasets.Import;
using CatGan.Datasets.Tests.Support;
using SkiaSharp;

namespace CatGan.Datasets.Tests;

public sealed class OddPictureTests
{
    private static readonly (int, int, int)[] s_quarters = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)];

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task Import_EachFormat_KeepsItsColours(SKEncodedImageFormat format) =>
        AssertQuarters(s_quarters, await OneAsync(TestPictures.Encode(format)));

    [Fact]
    public async Task Import_CmykJpeg_ComesOutInItsColours() =>
        AssertQuarters(s_quarters, await OneAsync(Convert.FromBase64String(TestPictures.CmykJpeg)));

    [Fact]
    public async Task Import_AnimatedGif_TakesTheFirstFrame() =>
        AssertQuarters([(255, 0, 0), (255, 0, 0), (255, 0, 0), (255, 0, 0)], await OneAsync(TestPictures.TwoFrameGif()));

    [Fact]
    public async Task Import_Grey16BitPng_KeepsTheUpperByte()
    {
        // Quarters of 0x1000, 0x4000, 0x8000, 0xff00.
        byte[] levels = [0x10, 0x40, 0x80, 0xff];
        byte[] rows = [.. Enumerable.Range(0, 32).SelectMany(y => (byte[])[0, .. Enumerable.Range(0, 32).SelectMany(x => (byte[])[levels[y / 16 * 2 + x / 16], 0])])];
        AssertQuarters([.. levels.Select(l => ((int)l, (int)l, (int)l))], await OneAsync(TestPictures.Png(32, 32, 16, 0, rows)));
    }

    [Fact]
    public async Task Import_PalettePngWithTransparency_IsOnWhite()
    {
        byte[] rows = [.. Enumerable.Range(0, 32).SelectMany(y => (byte[])[0, .. Enumerable.Range(0, 32).Select(x => (byte)(y / 16 * 2 + x / 16))])];
        byte[] palette = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0];
        byte[] png = TestPictures.Png(32, 32, 8, 3, rows, palette, transparency: [255, 0, 127]);
        AssertQuarters([(255, 0, 0), (255, 255, 255), (128, 128, 255), (255, 255, 0)], await OneAsync(png));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task Import_HalfTransparent_IsMixedWithWhite(SKEncodedImageFormat format) =>
        AssertQuarters([(255, 127, 127), (127, 255, 127), (127, 127, 255), (255, 255, 127)], await OneAsync(TestPictures.Encode(format, alpha: 128)));

    /// <summary>Where the stored quarters 0 1 / 2 3 are to be seen for each EXIF orientation.</summary>
    [Theory]
    [InlineData(1, "0123")]
    [InlineData(2, "1032")]
    [InlineData(3, "3210")]
    [InlineData(4, "2301")]
    [InlineData(5, "0213")]
    [InlineData(6, "2031")]
    [InlineData(7, "3120")]
    [InlineData(8, "1302")]
    public async Task Import_ExifOrientation_TurnsThePicture(byte orientation, string seen) =>
        AssertQuarters([.. seen.Select(q => s_quarters[q - '0'])], await OneAsync(TestPictures.RotatedJpeg(orientation)));

    [Fact]
    public async Task Import_RotatedWide_CutsTheMiddleOfWhatIsSeen()
    {
        byte[] turned = await OneAsync(TestPictures.RotatedJpeg(6, 64, 32));
        AssertQuarters([s_quarters[2], s_quarters[0], s_quarters[3], s_quarters[1]], turned);
    }

    [Theory]
    [InlineData("empty.jpg", SkipReason.Empty)]
    [InlineData("text.jpg", SkipReason.NotAPicture)]
    [InlineData("zero.png", SkipReason.Damaged)]
    [InlineData("bomb.png", SkipReason.TooLarge)]
    [InlineData("narrow.png", SkipReason.TooSmall)]
    [InlineData("cut.jpg", SkipReason.Damaged)]
    [InlineData("cut.png", SkipReason.Damaged)]
    [InlineData("cut.webp", SkipReason.Damaged)]
    [InlineData("cut.gif", SkipReason.Damaged)]
    [InlineData("header.jpg", SkipReason.Damaged)]
    public async Task Import_BadPicture_IsNamedAndTheRestKept(string name, SkipReason reason)
    {
        using ImportRun run = new();
        run.Source.Write(name, Bad(name));
        run.Source.Write("good.png", TestPictures.Encode(SKEncodedImageFormat.Png));
        ImportSummary summary = await run.ImportAsync();
        SkippedPicture skipped = Assert.Single(summary.Skipped);
        Assert.Equal((name, reason), (skipped.Name, skipped.Reason));
        Assert.NotEmpty(skipped.Detail);
        Assert.Equal(1, summary.Kept);
        AssertQuarters(s_quarters, Assert.Single(await run.PixelsAsync()));
    }

    private static byte[] Bad(string name) => name switch
    {
        "empty.jpg" => [],
        "text.jpg" => [.. "This is no picture, whatever its name says."u8],
        "zero.png" => TestPictures.Png(0, 0, 8, 2, []),
        "bomb.png" => TestPictures.Png(40_000, 40_000, 8, 2, new byte[100_000]),
        "narrow.png" => TestPictures.Encode(SKEncodedImageFormat.Png, 40, 15),
        "header.jpg" => TestPictures.Encode(SKEncodedImageFormat.Jpeg)[..40],
        "cut.jpg" => Cut(Noise(SKEncodedImageFormat.Jpeg)),
        "cut.png" => Cut(Noise(SKEncodedImageFormat.Png)),
        "cut.webp" => Cut(Noise(SKEncodedImageFormat.Webp)),
        "cut.gif" => TestPictures.TwoFrameGif()[..200],
        _ => throw new ArgumentException(name),
    };

    private static byte[] Cut(byte[] file) => file[..(file.Length * 2 / 3)];

    private static byte[] Noise(SKEncodedImageFormat format)
    {
        Random random = new(1);
        using SKBitmap bitmap = new(64, 64);
        for (int i = 0; i < 64 * 64; i++)
            bitmap.SetPixel(i % 64, i / 64, new SKColor((uint)random.Next() | 0xff000000));
        return TestPictures.Encode(bitmap, format);
    }

    private static async Task<byte[]> OneAsync(byte[] file)
    {
        using ImportRun run = new();
        run.Source.Write("one.jpg", file);
        await run.ImportAsync();
        return Assert.Single(await run.PixelsAsync());
    }

    /// <summary>Compares the middles of the quarters of a [3, 16, 16] picture.</summary>
    private static void AssertQuarters((int R, int G, int B)[] expected, byte[] pixels)
    {
        for (int q = 0; q < 4; q++)
        {
            int i = (q / 2 * 8 + 4) * 16 + q % 2 * 8 + 4;
            int[] actual = [pixels[i], pixels[256 + i], pixels[512 + i]];
            int[] wanted = [expected[q].R, expected[q].G, expected[q].B];
            Assert.True(wanted.Zip(actual, (w, a) => Math.Abs(w - a)).Max() <= 4, $"quarter {q}: {string.Join(",", actual)} instead of {string.Join(",", wanted)}");
        }
    }
}
