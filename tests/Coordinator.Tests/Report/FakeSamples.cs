using CatGan.Datasets;
using CatGan.Storage;
using SkiaSharp;

namespace CatGan.Coordinator.Tests.Report;

/// <summary>Sample grids as training leaves them: drawn cats behind as much noise as a generator of that quality would leave.</summary>
internal sealed class FakeSamples(PictureSet cats)
{
    private const int Gap = 2;

    public static async Task<FakeSamples> OpenAsync(IBlobStore store, int size = 32, int count = 128) =>
        new(await PictureSets.OpenAsync(store, $"builtin:drawn-cats?count={count}&seed=77", size, Path.GetTempPath(), CancellationToken.None));

    /// <summary>A grid of 64 pictures.</summary>
    /// <param name="clarity">0 noise, 1 the drawn cats themselves.</param>
    /// <param name="seed">Chooses noise.</param>
    /// <param name="columns">Pictures a row, and rows.</param>
    /// <param name="kinds">Different pictures; 1 looks like a collapsed generator.</param>
    public byte[] Grid(double clarity, int seed, int kinds = 64, int columns = 8)
    {
        int size = cats.Size, side = columns * (size + Gap) + Gap;
        Random chance = new(seed);
        using SKBitmap bitmap = new(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.White);
        byte[] planes = new byte[3 * size * size];
        for (int i = 0; i < columns * columns; i++)
        {
            cats.Read(i % kinds % cats.Count, planes);
            for (int at = 0; at < size * size; at++)
                bitmap.SetPixel(Gap + i % columns * (size + Gap) + at % size, Gap + i / columns * (size + Gap) + at / size, Colour(planes, at, size * size, clarity, chance));
        }
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static SKColor Colour(byte[] planes, int at, int plane, double clarity, Random chance)
    {
        return new SKColor(Mix(planes[at]), Mix(planes[plane + at]), Mix(planes[2 * plane + at]));

        byte Mix(byte value) => (byte)Math.Clamp(clarity * value + (1 - clarity) * (128 + 90 * (chance.NextDouble() - 0.5)), 0, 255);
    }
}
