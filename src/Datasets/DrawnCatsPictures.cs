using System.Security.Cryptography;
using CatGan.Datasets.Drawn;

namespace CatGan.Datasets;

/// <summary>Draws a whole set of cats into memory.</summary>
internal static class DrawnCatsPictures
{
    private const long MaxBytes = 1L << 30;

    public static PictureSet Draw(string name, DrawnCats cats, int size, CancellationToken cancellationToken)
    {
        long bytes = 3L * size * size * cats.Count;
        if (bytes > MaxBytes)
            throw new DatasetException($"{name} at {size} needs {bytes >> 20} MiB of memory, but must stay within {MaxBytes >> 20}: ask for fewer pictures or a smaller size.");
        byte[] pixels = new byte[bytes];
        cats.DrawMany(0, size, pixels, cancellationToken);
        return new PictureSet(name, cats.Count, size, Convert.ToHexStringLower(SHA256.HashData(pixels)), new MemoryPixels(pixels));
    }
}
