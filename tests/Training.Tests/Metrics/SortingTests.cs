using CatGan.Training.Metrics;
using CsCheck;

namespace CatGan.Training.Tests.Metrics;

public sealed class SortingTests
{
    [Fact]
    public void Sort_AnyFiniteFloats_SortsAsTheRuntimeDoes() =>
        Gen.Float[-1e30f, 1e30f].Array[0, 300].Sample(values =>
        {
            float[] sorted = [.. values];
            FloatSort.Sort(sorted, new float[values.Length]);

            Array.Sort(values);
            Assert.Equal(values, sorted);
        });

    [Fact]
    public void Sort_ZerosInfinitiesAndRepeats_SortsThem()
    {
        float[] values = [1, float.PositiveInfinity, -0f, 0f, -1, float.NegativeInfinity, 1, float.Epsilon, -float.Epsilon];

        FloatSort.Sort(values, new float[values.Length]);

        Assert.Equal([float.NegativeInfinity, -1, -float.Epsilon, 0, 0, float.Epsilon, 1, 1, float.PositiveInfinity], values);
    }

    [Fact]
    public void SumOfDifferences_AnySortedLists_IsWithinAByteOfEachBlocksRange() =>
        Gen.Float[-10, 10].Array[1, 400].Sample(values =>
        {
            Array.Sort(values);
            float[] others = [.. values.Select((value, i) => value + 0.1f + (i * 0.01f))];

            var got = new SortedColumn(values).SumOfDifferences(others);

            var exact = values.Zip(others, (a, b) => (double)Math.Abs(a - b)).Sum();
            var allowed = values.Chunk(64).Sum(block => block.Length * (block[^1] - block[0]) / 510.0);
            Assert.InRange(got, exact - allowed - 1e-3, exact + allowed + 1e-3);
        });
}
