namespace CatGan.Datasets.Drawn;

/// <summary>
/// Drawn cat faces from named factors: everything can be tried with no download, and how well a generator covers
/// the factors can be measured. The same seed, index and size give the same bytes on every machine.
/// </summary>
public sealed class DrawnCats
{
    /// <summary>Changes when the same seed starts to give other pixels.</summary>
    public const int Version = 1;

    /// <summary>Largest number of pictures.</summary>
    public const int MaxCount = 1_000_000;

    /// <summary>Describes a set; nothing is drawn yet.</summary>
    /// <param name="count">Number of pictures, 1 to <see cref="MaxCount"/>.</param>
    /// <param name="seed">Seed of all factors.</param>
    public DrawnCats(int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        (Count, Seed) = (count, seed);
    }

    /// <summary>Number of pictures.</summary>
    public int Count { get; }

    /// <summary>Seed of all factors.</summary>
    public long Seed { get; }

    /// <summary>What the cat of this index is made of; independent of <see cref="Count"/> and size.</summary>
    public CatFactors Factors(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return FactorSampler.Sample(Seed, index);
    }

    /// <summary>Draws one cat.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="size">Side in pixels.</param>
    /// <param name="pixels">[3, S, S]: red, green, blue; rows from the top.</param>
    public void Draw(int index, int size, Span<byte> pixels) => Draw(Factors(index), size, pixels);

    /// <summary>Draws a cat of any factors.</summary>
    /// <param name="factors">The cat.</param>
    /// <param name="size">Side in pixels.</param>
    /// <param name="pixels">[3, S, S]: red, green, blue; rows from the top.</param>
    public static void Draw(CatFactors factors, int size, Span<byte> pixels)
    {
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, 3 * size * size);
        new CatPainter(factors, size).Paint(pixels);
    }

    /// <summary>Draws pictures <paramref name="first"/> and following on all cores until the memory is full.</summary>
    internal void DrawMany(int first, int size, Memory<byte> pixels, CancellationToken cancellationToken)
    {
        int bytes = 3 * size * size;
        ParallelOptions options = new() { CancellationToken = cancellationToken };
        Parallel.For(0, pixels.Length / bytes, options, i => Draw(first + i, size, pixels.Span.Slice(i * bytes, bytes)));
    }
}
