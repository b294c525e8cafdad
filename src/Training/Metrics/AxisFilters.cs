using static TorchSharp.torch;

namespace CatGan.Training.Metrics;

/// <summary>
/// Filters along one axis as matrices [out, in], borders and strides folded in. A separable filter of a picture is
/// then two products, M x Mᵀ, which a processor does near its peak; convolutions of one channel are far from it.
/// </summary>
internal static class AxisFilters
{
    private static readonly double[] Binomial = [1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0];

    /// <summary>Applies the same filter along both axes of pictures: [N, C, in, in] to [N, C, out, out].</summary>
    public static Tensor Apply(Tensor pictures, Tensor filter)
    {
        using var transposed = filter.t();
        using var rows = matmul(pictures, transposed); // [N, C, in, out]
        return matmul(filter, rows);
    }

    /// <summary>Blurs with [1 4 6 4 1]/16, mirrored at the border, and keeps every second value: [⌈size/2⌉, size].</summary>
    public static double[,] Halving(int size)
    {
        var matrix = new double[(size + 1) / 2, size];
        for (var row = 0; row < matrix.GetLength(0); row++)
        {
            for (var tap = -2; tap <= 2; tap++)
            {
                matrix[row, Mirrored((2 * row) + tap, size)] += Binomial[tap + 2];
            }
        }

        return matrix;
    }

    /// <summary>Puts a zero after each value and blurs with twice [1 4 6 4 1]/16, mirrored at the border: [2 · size, size].</summary>
    public static double[,] Doubling(int size)
    {
        var matrix = new double[2 * size, size];
        for (var row = 0; row < 2 * size; row++)
        {
            for (var tap = -2; tap <= 2; tap++)
            {
                var at = Mirrored(row + tap, 2 * size);
                if (at % 2 == 0)
                {
                    matrix[row, at / 2] += 2 * Binomial[tap + 2];
                }
            }
        }

        return matrix;
    }

    /// <summary>A Gaussian of <paramref name="width"/> taps without padding: [size − width + 1, size].</summary>
    public static double[,] Gaussian(int size, int width, double sigma)
    {
        var taps = new double[width];
        for (var tap = 0; tap < width; tap++)
        {
            var distance = tap - ((width - 1) / 2.0);
            taps[tap] = Math.Exp(-distance * distance / (2 * sigma * sigma));
        }

        var sum = taps.Sum();
        var matrix = new double[size - width + 1, size];
        for (var row = 0; row < matrix.GetLength(0); row++)
        {
            for (var tap = 0; tap < width; tap++)
            {
                matrix[row, row + tap] = taps[tap] / sum;
            }
        }

        return matrix;
    }

    /// <summary>Means of neighbours two by two; a last odd one is left out: [⌊size/2⌋, size].</summary>
    public static double[,] PairMeans(int size)
    {
        var matrix = new double[size / 2, size];
        for (var row = 0; row < size / 2; row++)
        {
            matrix[row, 2 * row] = matrix[row, (2 * row) + 1] = 0.5;
        }

        return matrix;
    }

    // The border pixel itself is not repeated: index −1 is 1. Loops, since a side of 2 is mirrored more than once.
    private static int Mirrored(int index, int size)
    {
        while (index < 0 || index >= size)
        {
            index = index < 0 ? -index : (2 * (size - 1)) - index;
        }

        return index;
    }
}
