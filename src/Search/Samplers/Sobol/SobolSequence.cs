using System.Collections.Immutable;
using System.Numerics;

namespace CatGan.Search.Samplers;

/// <summary>
/// The Sobol sequence (1967), as Bratley and Fox (1988) compute it: of any 2^m points from a multiple of 2^m on, each of
/// the 2^m equal parts of every axis has exactly one.
/// </summary>
internal static class SobolSequence
{
    private const int Digits = 32;
    private static readonly ImmutableArray<ImmutableArray<uint>> _directions =
        [[.. Enumerable.Range(0, Digits).Select(i => 1u << (Digits - 1 - i))], .. SobolTable.Rows.Select(Directions)];

    /// <summary>One coordinate of a point as the first 32 binary digits after the point.</summary>
    /// <param name="dimension">From 0 to below <see cref="SobolTable.Dimensions"/>.</param>
    /// <param name="index">The point, from 0.</param>
    public static uint Digit32(int dimension, uint index)
    {
        uint digits = 0;
        for (; index != 0; index &= index - 1)
            digits ^= _directions[dimension][BitOperations.TrailingZeroCount(index)];
        return digits;
    }

    /// <summary>
    /// The direction numbers as binary fractions. With the polynomial x^s + c1 x^(s-1) + ... + 1 each after the first s is
    /// v(i) = c1 v(i-1) + ... + c(s-1) v(i-s+1) + v(i-s) + v(i-s) / 2^s, sums without carry.
    /// </summary>
    private static ImmutableArray<uint> Directions(SobolRow row)
    {
        int degree = row.Start.Length;
        uint[] v = new uint[Digits];
        for (int i = 0; i < Digits; i++)
        {
            if (i < degree)
            {
                v[i] = row.Start[i] << (Digits - 1 - i);
                continue;
            }
            v[i] = v[i - degree] ^ (v[i - degree] >> degree);
            for (int k = 1; k < degree; k++)
            {
                if (((row.Polynomial >> (degree - k)) & 1) == 1)
                    v[i] ^= v[i - k];
            }
        }
        return [.. v];
    }
}
