using CatGan.Datasets.Import.Decoding;
using CatGan.Datasets.Import.Layouts;
using CsCheck;
using SkiaSharp;

namespace CatGan.Datasets.Tests;

public sealed class SquareSamplerTests
{
    [Fact]
    public void Sample_SquareOfTheSameSize_CopiesExactly()
    {
        using SKBitmap noise = Noise(40, 36);
        byte[] pixels = SquareSampler.Sample(new PixelView(noise, SKEncodedOrigin.TopLeft), new Square(5, 3, 32, 1, 0), 32);
        for (int i = 0; i < 32 * 32; i++)
        {
            SKColor colour = noise.GetPixel(5 + i % 32, 3 + i / 32);
            Assert.Equal((colour.Red, colour.Green, colour.Blue), (pixels[i], pixels[1024 + i], pixels[2048 + i]));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3.7)]
    [InlineData(11)]
    public void Sample_FineCheckerboardShrunk_IsEvenlyGrey(double scale)
    {
        // Plain bicubic sampling leaves black and white speckles here.
        int side = (int)(16 * scale);
        using SKBitmap board = new(side, side);
        for (int i = 0; i < side * side; i++)
            board.SetPixel(i % side, i / side, (i % side + i / side) % 2 == 0 ? SKColors.White : SKColors.Black);
        byte[] pixels = SquareSampler.Sample(new PixelView(board, SKEncodedOrigin.TopLeft), new Square(0, 0, side, 1, 0), 16);
        Assert.All(pixels, p => Assert.InRange(p, 108, 147));
    }

    [Fact]
    public void Sample_AnySquareOfOneColour_KeepsTheColour()
    {
        using SKBitmap flat = new(new SKImageInfo(50, 30, SKColorType.Rgba8888, SKAlphaType.Opaque));
        flat.Erase(new SKColor(200, 30, 101));
        Gen.Select(Gen.Double[-100, 100], Gen.Double[-100, 100], Gen.Double[16, 300], Gen.Double[0, 6.28], Gen.Int[16, 24]).Sample((x, y, side, angle, size) =>
        {
            byte[] pixels = SquareSampler.Sample(new PixelView(flat, SKEncodedOrigin.TopLeft), new Square(x, y, side, Math.Cos(angle), Math.Sin(angle)), size);
            int plane = size * size;
            Assert.True(pixels.Take(plane).All(p => p == 200) && pixels.Skip(plane).Take(plane).All(p => p == 30) && pixels.Skip(2 * plane).All(p => p == 101));
        }, iter: 60);
    }

    [Fact]
    public void Sample_BeyondTheEdge_GoesOnMirrored()
    {
        using SKBitmap noise = Noise(32, 32);
        byte[] pixels = SquareSampler.Sample(new PixelView(noise, SKEncodedOrigin.TopLeft), new Square(-8, 0, 32, 1, 0), 32);
        for (int row = 0; row < 32; row++)
        {
            for (int x = 0; x < 8; x++)
                Assert.Equal(pixels[row * 32 + 8 + x], pixels[row * 32 + 7 - x]);
        }
    }

    [Fact]
    public void Sample_QuarterTurn_IsThePictureTurned()
    {
        using SKBitmap noise = Noise(32, 32);
        // The square's x axis points down in the picture, its y axis to the left.
        byte[] turned = SquareSampler.Sample(new PixelView(noise, SKEncodedOrigin.TopLeft), new Square(32, 0, 32, 0, 1), 32);
        byte[] same = SquareSampler.Sample(new PixelView(noise, SKEncodedOrigin.LeftBottom), new Square(0, 0, 32, 1, 0), 32);
        Assert.Equal(same, turned);
    }

    private static SKBitmap Noise(int width, int height)
    {
        Random random = new(5);
        SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int i = 0; i < width * height; i++)
            bitmap.SetPixel(i % width, i / width, new SKColor((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)));
        return bitmap;
    }
}
