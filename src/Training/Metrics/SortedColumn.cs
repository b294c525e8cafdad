namespace CatGan.Training.Metrics;

/// <summary>
/// A sorted list of floats in a little more than a byte each: blocks of 64 keep their least value and a step, each
/// value the nearest multiple of it. What is lost is 1/510 of a block's range: of lists of thousands, less than a
/// thousandth of a score's own spread, for a quarter of the memory.
/// </summary>
internal sealed class SortedColumn
{
    private const int Block = 64;

    private readonly byte[] _steps;
    private readonly (float Least, float Step)[] _blocks;

    /// <param name="sorted">Finite values, ascending.</param>
    public SortedColumn(ReadOnlySpan<float> sorted)
    {
        _steps = new byte[sorted.Length];
        _blocks = new (float, float)[(sorted.Length + Block - 1) / Block];
        for (var i = 0; i < _blocks.Length; i++)
        {
            var values = sorted[(i * Block)..Math.Min(sorted.Length, (i + 1) * Block)];
            var step = (values[^1] - values[0]) / byte.MaxValue;
            _blocks[i] = (values[0], step);
            for (var k = 0; k < values.Length; k++)
            {
                _steps[(i * Block) + k] = step > 0 ? (byte)Math.Min(byte.MaxValue, MathF.Round((values[k] - values[0]) / step)) : (byte)0;
            }
        }
    }

    /// <summary>Number of values.</summary>
    public int Count => _steps.Length;

    /// <summary>Sum of |difference| to another sorted list of the same length, value by value.</summary>
    public double SumOfDifferences(ReadOnlySpan<float> sorted)
    {
        var sum = 0.0;
        for (var i = 0; i < _blocks.Length; i++)
        {
            var theirs = sorted[(i * Block)..Math.Min(sorted.Length, (i + 1) * Block)];
            var mine = _steps.AsSpan(i * Block, theirs.Length);
            var (least, step) = _blocks[i];
            var blockSum = 0f;
            for (var k = 0; k < theirs.Length; k++)
            {
                blockSum += MathF.Abs(least + (mine[k] * step) - theirs[k]);
            }

            sum += blockSum;
        }

        return sum;
    }
}
