using System.Runtime.InteropServices;

namespace CatGan.Training.Metrics;

/// <summary>
/// Radix sort of finite floats. Scoring sorts hundreds of columns of 131,072 values; this takes about a tenth of
/// the time of <see cref="MemoryExtensions.Sort{T}(Span{T})"/> there.
/// </summary>
internal static class FloatSort
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;

    /// <summary>Sorts <paramref name="values"/> ascending; <paramref name="scratch"/> is as long.</summary>
    public static void Sort(Span<float> values, Span<float> scratch)
    {
        var from = MemoryMarshal.Cast<float, uint>(values);
        var to = MemoryMarshal.Cast<float, uint>(scratch)[..from.Length];
        Span<int> counts = stackalloc int[3 * Buckets];
        Count(from, counts);
        Scatter(from, to, counts[..Buckets], 0);
        Scatter(to, from, counts.Slice(Buckets, Buckets), Bits);
        Scatter(from, to, counts.Slice(2 * Buckets, Buckets), 2 * Bits);
        for (var i = 0; i < to.Length; i++)
        {
            from[i] = Float(to[i]);
        }
    }

    // Turns the floats into numbers of the same order on the way, and counts each digit of all of them at once.
    private static void Count(Span<uint> values, Span<int> counts)
    {
        counts.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            var key = values[i] = Key(values[i]);
            counts[(int)(key & (Buckets - 1))]++;
            counts[Buckets + (int)((key >> Bits) & (Buckets - 1))]++;
            counts[(2 * Buckets) + (int)(key >> (2 * Bits))]++;
        }
    }

    private static void Scatter(Span<uint> from, Span<uint> to, Span<int> counts, int shift)
    {
        var start = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            (counts[i], start) = (start, start + counts[i]);
        }

        foreach (var key in from)
        {
            to[counts[(int)((key >> shift) & (Buckets - 1))]++] = key;
        }
    }

    // Flips the sign bit of positive numbers and every bit of negative ones.
    private static uint Key(uint bits) => bits ^ ((uint)((int)bits >> 31) | 0x8000_0000);

    private static uint Float(uint key) => key ^ ((uint)((int)~key >> 31) | 0x8000_0000);
}
