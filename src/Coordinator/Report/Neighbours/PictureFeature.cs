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
    public static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> left = MemoryMarshal.Cast<float, Vector<float>>(a), right = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sum = Vector<float>.Zero; // 768 is a multiple of every vector width
        for (int i = 0; i < left.Length; i++)
        {
            Vector<float> difference = left[i] - right[i];
            sum += difference * difference;
        }
        return Math.Sqrt(Vector.Sum(sum) / Length);
    }
}
