using CatGan.Datasets.Import.Layouts;

namespace CatGan.Datasets.Import.Decoding;

/// <summary>
/// Cuts a turned square out of a picture and shrinks it, in one pass with an antialiasing filter: samples at most
/// one source pixel apart, weighted by a cubic (Keys 1981, a = -1/2) as wide as four target pixels. Plain bicubic
/// reads only 4 x 4 source pixels and leaves speckles. A square of the target's size and place comes out exactly.
/// </summary>
internal sealed class SquareSampler
{
    private const int Reach = 2;
    private readonly int _size;
    private readonly int _fine;
    private readonly float[] _weights;
    private readonly float[] _norms;
    private readonly float[] _line;
    private readonly float[] _narrow;
    private readonly float[] _sums;

    private SquareSampler(int size, double side)
    {
        _size = size;
        _fine = Math.Max(1, (int)Math.Ceiling(side / size - 1e-9));
        _weights = [.. Enumerable.Range(0, (2 * Reach + 1) * _fine).Select(j => Cubic((j + 0.5) / _fine - Reach - 0.5))];
        _norms = new float[size];
        for (int o = 0; o < size; o++)
        {
            (int from, int to) = Samples(o);
            for (int i = from; i < to; i++)
                _norms[o] += Weight(i, o);
        }

        _line = new float[3 * size * _fine];
        _narrow = new float[3 * size];
        _sums = new float[3 * size * size];
    }

    /// <summary>Samples a square.</summary>
    /// <param name="view">The picture; it goes on mirrored beyond its edges.</param>
    /// <param name="square">What to cut out.</param>
    /// <param name="size">Side of the result in pixels.</param>
    /// <returns>[3, S, S] bytes.</returns>
    public static byte[] Sample(PixelView view, Square square, int size) => new SquareSampler(size, square.Side).Run(view, square);

    private byte[] Run(PixelView view, Square square)
    {
        for (int row = 0; row < _size * _fine; row++)
        {
            ReadLine(view, square, (row + 0.5) / (_size * _fine));
            Narrow();
            AddRow(row);
        }

        byte[] pixels = new byte[3 * _size * _size];
        int plane = _size * _size;
        for (int i = 0; i < plane; i++)
        {
            float norm = _norms[i / _size] * _norms[i % _size];
            for (int c = 0; c < 3; c++)
                pixels[c * plane + i] = (byte)Math.Clamp(_sums[3 * i + c] / norm + 0.5f, 0, 255);
        }

        return pixels;
    }

    /// <summary>One line of fine samples, [S * fine, 3], each between its four pixels.</summary>
    private void ReadLine(PixelView view, Square square, double t)
    {
        int n = _size * _fine;
        ReadOnlySpan<byte> bytes = view.Bytes;
        for (int i = 0; i < n; i++)
        {
            (double px, double py) = square.At((i + 0.5) / n, t);
            double fx = Math.Floor(px - 0.5), fy = Math.Floor(py - 0.5);
            int x = (int)fx, y = (int)fy;
            float u = (float)(px - 0.5 - fx), v = (float)(py - 0.5 - fy);
            int a, b, c, d;
            if (x >= 0 && y >= 0 && x < view.Width - 1 && y < view.Height - 1)
            {
                a = view.First + x * view.StepX + y * view.StepY;
                (b, c, d) = (a + view.StepX, a + view.StepY, a + view.StepX + view.StepY);
            }
            else
            {
                (a, b, c, d) = (view.At(x, y), view.At(x + 1, y), view.At(x, y + 1), view.At(x + 1, y + 1));
            }

            float wa = (1 - u) * (1 - v), wb = u * (1 - v), wc = (1 - u) * v, wd = u * v;
            _line[3 * i] = wa * bytes[a] + wb * bytes[b] + wc * bytes[c] + wd * bytes[d];
            _line[3 * i + 1] = wa * bytes[a + 1] + wb * bytes[b + 1] + wc * bytes[c + 1] + wd * bytes[d + 1];
            _line[3 * i + 2] = wa * bytes[a + 2] + wb * bytes[b + 2] + wc * bytes[c + 2] + wd * bytes[d + 2];
        }
    }

    /// <summary>The line of fine samples shrunk to the target's width, [S, 3].</summary>
    private void Narrow()
    {
        for (int o = 0; o < _size; o++)
        {
            (int from, int to) = Samples(o);
            float r = 0, g = 0, b = 0;
            for (int i = from; i < to; i++)
            {
                float w = Weight(i, o);
                r += w * _line[3 * i];
                g += w * _line[3 * i + 1];
                b += w * _line[3 * i + 2];
            }

            (_narrow[3 * o], _narrow[3 * o + 1], _narrow[3 * o + 2]) = (r, g, b);
        }
    }

    private void AddRow(int row)
    {
        int middle = row / _fine;
        for (int o = Math.Max(0, middle - Reach); o <= Math.Min(_size - 1, middle + Reach); o++)
        {
            float w = Weight(row, o);
            Span<float> sums = _sums.AsSpan(3 * o * _size, 3 * _size);
            for (int i = 0; i < sums.Length; i++)
                sums[i] += w * _narrow[i];
        }
    }

    /// <summary>The fine samples that a target pixel is made of.</summary>
    private (int From, int To) Samples(int target) =>
        (Math.Max(0, (target - Reach) * _fine), Math.Min(_size, target + Reach + 1) * _fine);

    private float Weight(int sample, int target) => _weights[sample - (target - Reach) * _fine];

    private static float Cubic(double x)
    {
        x = Math.Abs(x);
        if (x < 1)
            return (float)((1.5 * x - 2.5) * x * x + 1);
        return x < 2 ? (float)(((-0.5 * x + 2.5) * x - 4) * x + 2) : 0;
    }
}
