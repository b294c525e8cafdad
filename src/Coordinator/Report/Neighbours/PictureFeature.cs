using System.Numerics;
using System.Runtime.InteropServices;

namespace CatGan.Coordinator.Report.Neighbours;

/// <summary>
/// A picture as the neighbour search sees it: means of blocks, so that a shift of a pixel or a little noise does
/// not hide a copy. 16 x 16 blocks of 3 colours, from 0 to 1.
/// </summary>
internal static class PictureFeature
{
    private const int Blocks = 16;

    /// <summary>Numbers of one feature.</summary>
    public const int Length = 3 * Blocks * Blocks;

    /// <summary>Block means of a picture, and of its mirror image.</summary>
    /// <param name="planes">Bytes of channel, row, column.</param>
    /// <param name="side">Side in pixels, a multiple of 16.</param>
    /// <param name="feature"><see cref="Length"/> numbers.</param>
    /// <param name="mirrored">The same of the mirror image; may be empty.</param>
    public static void Compute(ReadOnlySpan<byte> planes, int side, Span<float> feature, Span<float> mirrored)
    {
        int block = side / Blocks;
        float scale = 1f / (255 * block * block);
        for (int at = 0; at < Length; at++)
        {
            (int row, int x) = Math.DivRem(at, Blocks); // row counts over the three channels
            int sum = 0;
            for (int y = row * block; y < (row + 1) * block; y++)
            {
                foreach (byte value in planes.Slice(y * side + x * block, block))
                    sum += value;
            }
            feature[at] = sum * scale;
            if (!mirrored.IsEmpty)
                mirrored[row * Blocks + Blocks - 1 - x] = sum * scale;
        }
    }

    /// <summary>Root mean square difference of two features: 0 for equal pictures, 1 for black and white.</summary>
    /// <param name="a">A feature.</param>
    /// <param name="b">Another one.</param>
    /// <param name="limit">Where the distance is surely above this, infinity may be the answer: most pictures need no second look.</param>
    public static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b, double limit)
    {
        // 768 is a multiple of every vector width and of the eight stretches.
        ReadOnlySpan<Vector<float>> left = MemoryMarshal.Cast<float, Vector<float>>(a), right = MemoryMarshal.Cast<float, Vector<float>>(b);
        double sum = 0, most = limit * limit * Length;
        int stretch = left.Length / 8;
        for (int start = 0; start < left.Length; start += stretch)
        {
            Vector<float> part = Vector<float>.Zero;
            for (int i = start; i < start + stretch; i++)
            {
                Vector<float> difference = left[i] - right[i];
                part += difference * difference;
            }
            sum += Vector.Sum(part);
            if (sum > most)
                return double.PositiveInfinity;
        }
        return Math.Sqrt(sum / Length);
    }
}
