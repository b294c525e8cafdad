using CatGan.Training.Pictures;
using SkiaSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Tests.Pictures;

public sealed class PictureGridTests
{
    [Fact]
    public void Png_FivePicturesInThreeColumns_LiesRowByRowOnWhite()
    {
        using var scope = NewDisposeScope();
        var pictures = full([5, 3, 16, 16], -1f);
        for (var i = 0; i < 5; i++)
        {
            pictures[i, i % 3].fill_(1); // red, green, blue, red, green
        }

        using var grid = SKBitmap.Decode(PictureGrid.Png(pictures, 3));

        Assert.Equal((56, 38), (grid.Width, grid.Height));
        SKColor[] expected = [new(255, 0, 0), new(0, 255, 0), new(0, 0, 255), new(255, 0, 0), new(0, 255, 0), SKColors.White];
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], grid.GetPixel(2 + (i % 3 * 18), 2 + (i / 3 * 18)));
            Assert.Equal(expected[i], grid.GetPixel(17 + (i % 3 * 18), 17 + (i / 3 * 18)));
            Assert.Equal(SKColors.White, grid.GetPixel(1 + (i % 3 * 18), 1 + (i / 3 * 18)));
        }
    }

    [Fact]
    public void Of_EveryByteScaledAsForTraining_ComesBack()
    {
        using var scope = NewDisposeScope();
        var bytes = arange(256, ScalarType.Float32);

        var back = PixelValues.Of((bytes / 127.5) - 1);

        Assert.Equal(Enumerable.Range(0, 256).Select(i => (byte)i), back.data<byte>().ToArray());
    }
}
