using CatGan.Datasets;
using CatGan.Storage;
using SkiaSharp;

namespace CatGan.Coordinator.Tests.Report;

/// <summary>Sample grids as training leaves them: drawn cats behind as much noise as a generator of that quality would leave.</summary>
internal sealed class FakeSamples(PictureSet cats)
{
    private const int Gap = 2;

    public static async Task<FakeSamples> OpenAsync(IBlobStore store, int size, int count = 64) =>
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
        Span<byte> pixels = bitmap.GetPixelSpan();
        byte[] planes = new byte[3 * size * size];
        for (int i = 0; i < columns * columns; i++)
        {
            cats.Read(i % kinds % cats.Count, planes);
            for (int at = 0; at < planes.Length; at++)
            {
                (int channel, int place) = Math.DivRem(at, size * size);
                int x = Gap + i % columns * (size + Gap) + place % size, y = Gap + i / columns * (size + Gap) + place / size;
                pixels[(y * side + x) * 4 + channel] = (byte)Math.Clamp(clarity * planes[at] + (1 - clarity) * (128 + 90 * (chance.NextDouble() - 0.5)), 0, 255);
            }
        }
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
