using System.Security.Cryptography;
using CatGan.Datasets.Drawn;

namespace CatGan.Datasets;

/// <summary>Draws a whole set of cats: into memory, or into a file of the cache folder where they would fill the memory.</summary>
internal static class DrawnCatsPictures
{
    private const long MaxMemory = 256L << 20;
    private const int PartBytes = 32 << 20;

    public static async Task<PictureSet> OpenAsync(
        string name, DrawnCats cats, int size, string cacheFolder, CancellationToken cancellationToken, long maxMemory = MaxMemory)
    {
        if (3L * size * size * cats.Count <= maxMemory)
            return await Task.Run(() => Draw(name, cats, size, cancellationToken), cancellationToken);
        string path = Path.Combine(cacheFolder, string.Create(null, $"drawn-cats-v{DrawnCats.Version}-{cats.Count}-{cats.Seed}-{size}.safetensors"));
        if (!File.Exists(path))
            await DrawFileAsync(path, cats, size, cancellationToken);
        return PackedPictures.Open(path, name);
    }

    private static PictureSet Draw(string name, DrawnCats cats, int size, CancellationToken cancellationToken)
    {
        byte[] pixels = new byte[3 * size * size * cats.Count];
        cats.DrawMany(0, size, pixels, cancellationToken);
        return new PictureSet(name, cats.Count, size, Convert.ToHexStringLower(SHA256.HashData(pixels)), new MemoryPixels(pixels));
    }

    /// <summary>Draws twice, for the hash stands before the pixels: two passes cost less than a second file of this length.</summary>
    private static async Task DrawFileAsync(string path, DrawnCats cats, int size, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await PartsAsync(cats, size, Append, cancellationToken);
        Dictionary<string, string> metadata = new()
        {
            [PackedPictures.HashKey] = Convert.ToHexStringLower(hash.GetCurrentHash()),
            [PackedPictures.SourceKey] = DatasetReference.BuiltIn,
        };
        await CacheFile.WriteAsync(path, stream => PackedPictures.WriteAsync(
            stream, cats.Count, size, metadata, write => PartsAsync(cats, size, write, cancellationToken), cancellationToken));

        ValueTask Append(ReadOnlyMemory<byte> part)
        {
            hash.AppendData(part.Span);
            return ValueTask.CompletedTask;
        }
    }

    private static async Task PartsAsync(DrawnCats cats, int size, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancellationToken)
    {
        int bytes = 3 * size * size, pictures = PartBytes / bytes;
        byte[] part = new byte[pictures * bytes];
        for (int first = 0; first < cats.Count; first += pictures)
        {
            Memory<byte> pixels = part.AsMemory(0, Math.Min(pictures, cats.Count - first) * bytes);
            int from = first;
            await Task.Run(() => cats.DrawMany(from, size, pixels, cancellationToken), cancellationToken);
            await write(pixels);
        }
    }
}
