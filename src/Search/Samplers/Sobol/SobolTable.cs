using System.Collections.Immutable;

namespace CatGan.Search.Samplers;

/// <summary>
/// What tells one dimension of the Sobol sequence from another: a primitive polynomial over GF(2) and the direction
/// numbers that it starts from. The choice is that of Joe and Kuo (2008), whose pairs of dimensions lie well to each other.
/// </summary>
internal static class SobolTable
{
    /// <summary>Dimensions there are; the first is van der Corput's sequence, which needs no polynomial.</summary>
    public static int Dimensions => Rows.Length + 1;

    /// <summary>The dimensions from the second on.</summary>
    public static ImmutableArray<SobolRow> Rows { get; } =
    [
        new(0b11, [1]),
        new(0b111, [1, 3]),
        new(0b1011, [1, 3, 1]),
        new(0b1101, [1, 1, 1]),
        new(0b10011, [1, 1, 3, 3]),
        new(0b11001, [1, 3, 5, 13]),
        new(0b100101, [1, 1, 5, 5, 17]),
        new(0b101001, [1, 1, 5, 5, 5]),
        new(0b101111, [1, 1, 7, 11, 19]),
        new(0b110111, [1, 1, 5, 1, 1]),
        new(0b111011, [1, 1, 1, 3, 11]),
        new(0b111101, [1, 3, 5, 5, 31]),
        new(0b1000011, [1, 3, 3, 9, 7, 49]),
        new(0b1011011, [1, 1, 1, 15, 21, 21]),
        new(0b1100001, [1, 3, 1, 13, 27, 49]),
        new(0b1100111, [1, 1, 1, 15, 7, 5]),
        new(0b1101101, [1, 3, 1, 15, 13, 25]),
        new(0b1110011, [1, 1, 5, 5, 19, 61]),
        new(0b10000011, [1, 3, 7, 11, 23, 15, 103]),
        new(0b10001001, [1, 3, 7, 13, 13, 15, 69]),
        new(0b10001111, [1, 1, 3, 13, 7, 35, 63]),
        new(0b10010001, [1, 3, 5, 9, 1, 25, 53]),
        new(0b10011101, [1, 3, 1, 13, 9, 35, 107]),
        new(0b10100111, [1, 3, 1, 5, 27, 61, 31]),
        new(0b10101011, [1, 1, 5, 11, 19, 41, 61]),
        new(0b10111001, [1, 3, 5, 3, 3, 13, 69]),
        new(0b10111111, [1, 1, 7, 13, 1, 19, 1]),
        new(0b11000001, [1, 3, 7, 5, 13, 19, 59]),
        new(0b11001011, [1, 1, 3, 9, 25, 29, 41]),
        new(0b11010011, [1, 3, 5, 13, 23, 1, 55]),
        new(0b11010101, [1, 3, 7, 3, 13, 59, 17]),
        new(0b11100101, [1, 3, 1, 3, 5, 53, 69]),
        new(0b11101111, [1, 1, 5, 5, 23, 33, 13]),
        new(0b11110001, [1, 1, 7, 7, 1, 61, 123]),
        new(0b11110111, [1, 1, 7, 9, 13, 61, 49]),
        new(0b11111101, [1, 3, 3, 5, 3, 55, 33]),
        new(0b100011101, [1, 3, 1, 15, 31, 13, 49, 245]),
        new(0b100101011, [1, 3, 5, 15, 31, 59, 63, 97]),
        new(0b100101101, [1, 3, 1, 11, 11, 11, 77, 249]),
    ];
}

/// <summary>One dimension.</summary>
/// <param name="Polynomial">The primitive polynomial, a bit a coefficient, the highest power first.</param>
/// <param name="Start">As many odd numbers as the polynomial's degree, the k-th (from 1) below 2^k.</param>
internal sealed record SobolRow(uint Polynomial, ImmutableArray<uint> Start);
