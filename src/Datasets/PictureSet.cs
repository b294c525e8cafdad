namespace CatGan.Datasets;

/// <summary>
/// Square colour pictures of one size, for random reads from any number of threads: a memory-mapped file, or
/// memory for drawn cats.
/// </summary>
public sealed class PictureSet : IDisposable
{
    private readonly IPixelSource _pixels;

    internal PictureSet(string name, int count, int size, string contentHash, IPixelSource pixels) =>
        (Name, Count, Size, ContentHash, _pixels) = (name, count, size, contentHash, pixels);

    /// <summary>The reference the set was opened by, or the name given to <see cref="Open"/>.</summary>
    public string Name { get; }

    /// <summary>Number of pictures, at least 1.</summary>
    public int Count { get; }

    /// <summary>Side in pixels.</summary>
    public int Size { get; }

    /// <summary>SHA-256 of all pixels in order, in lower-case hex.</summary>
    public string ContentHash { get; }

    /// <summary>Copies one picture.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="pixels">[3, S, S] bytes: red, green, blue; rows from the top.</param>
    public void Read(int index, Span<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        int bytes = 3 * Size * Size;
        if (pixels.Length != bytes)
            throw new ArgumentException($"The span has {pixels.Length} bytes, but a picture of {Name} has {bytes} (3 x {Size} x {Size}).", nameof(pixels));
        _pixels.Read((long)index * bytes, pixels);
    }

    /// <summary>Opens a packed data set.</summary>
    /// <param name="path">A file that the import made.</param>
    /// <param name="name">What to call it.</param>
    /// <exception cref="DatasetException">The file is not there or no packed data set.</exception>
    public static PictureSet Open(string path, string name) => PackedPictures.Open(path, name);

    /// <inheritdoc/>
    public void Dispose() => _pixels.Dispose();
}
