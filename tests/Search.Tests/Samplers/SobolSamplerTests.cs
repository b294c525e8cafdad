using System.Globalization;
using System.Numerics;
using CatGan.Search.Samplers;
using CsCheck;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

public sealed class SobolSamplerTests
{
    private static readonly SweepDefinition _sobol = Small with { Sampler = SamplerChoice.Of("sobol"), Configurations = 16 };

    [Fact]
    public void Digit32_SecondAndThirdDimension_AreThoseOfThePaper()
    {
        // By hand. Dimension 2: x + 1 with m = 1, so v1 = 1/2, v2 = v1 ^ v1/2 = 3/4 and v3 = v2 ^ v2/2 = 3/4 ^ 3/8 = 5/8.
        // Points 0..7 in natural order: 0, v1, v2, v1^v2, v3, v1^v3, v2^v3, v1^v2^v3.
        Assert.Equal([0, 0.5, 0.75, 0.25, 0.625, 0.125, 0.375, 0.875], Coordinates(1, 8));
        // Dimension 3: x^2 + x + 1 with m = 1, 3, so v1 = 1/2, v2 = 3/4, v3 = v2 ^ v1 ^ v1/4 = 3/4 ^ 1/2 ^ 1/8 = 3/8.
        Assert.Equal([0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125], Coordinates(2, 8));
    }

    [Fact]
    public void Rows_OfTheTable_AreDistinctPrimitivePolynomialsWithFittingNumbers()
    {
        Assert.Equal(40, SobolTable.Dimensions);
        Assert.Distinct(SobolTable.Rows.Select(r => r.Polynomial));
        foreach (SobolRow row in SobolTable.Rows)
        {
            int degree = BitOperations.Log2(row.Polynomial);
            Assert.Equal(degree, row.Start.Length);
            Assert.All(row.Start.Index(), m => Assert.True(m.Item % 2 == 1 && m.Item < 2u << m.Index));
            // Primitive: the powers of x run through all 2^degree - 1 remainders before 1 comes back.
            uint remainder = 1;
            int order = 0;
            do
            {
                remainder <<= 1;
                remainder = (remainder >> degree) == 1 ? remainder ^ row.Polynomial : remainder;
                order++;
            }
            while (remainder != 1);
            Assert.Equal((1 << degree) - 1, order);
        }
    }

    [Fact]
    public void Place_PowerOfTwoPoints_HitEachDyadicIntervalOfEachAxisOnce() =>
        Gen.Select(Gen.Int[0, 39], Gen.Int[0, 10], Gen.Int[0, 50], Gen.ULong).Sample((dimension, m, block, seed) =>
        {
            int count = 1 << m;
            IEnumerable<int> parts = Enumerable.Range(block * count, count).Select(i => (int)(SobolSampler.Place(dimension, i, seed) * count));
            return parts.Order().SequenceEqual(Enumerable.Range(0, count));
        }, iter: 500);

    [Fact]
    public void Preview_SixteenPointsOfTheFirstTwoAxes_HitEachRectangleOfASixteenthOnce()
    {
        // The first two dimensions are a (0, 4, 2)-net: 16 x 1, 8 x 2, 4 x 4, 2 x 8 and 1 x 16 cells hold one point each.
        SweepDefinition definition = _sobol with { Space = Space(new UniformParameter("x", 0, 1), new UniformParameter("y", 0, 1)) };
        for (int columns = 1; columns <= 16; columns *= 2)
        {
            int rows = 16 / columns;
            Assert.Distinct(definition.Preview().Select(c => ((int)(Number(c["x"]) * columns), (int)(Number(c["y"]) * rows))));
        }
    }

    [Fact]
    public void Preview_ManySeeds_DiscrepancyIsHalfThatOfRandomPoints()
    {
        ParameterSpace space = Space([.. Enumerable.Range(0, 4).Select(i => new UniformParameter($"x{i}", 0, 1))]);
        double Mean(string sampler) => Enumerable.Range(1, 20).Average(seed =>
            Discrepancy([.. (_sobol with { Sampler = SamplerChoice.Of(sampler), Space = space, Configurations = 128, Seed = seed }).Preview()]));
        Assert.InRange(Mean("sobol"), 0, Mean("random") / 2);
    }

    [Fact]
    public void Place_ManySeeds_EachPointIsUniformByItself()
    {
        // Scrambled, even the first point may lie anywhere: a tenth of the axis has 1,000 of 10,000, with a standard deviation of 30.
        SearchRandom seeds = SearchRandom.Seeded(1);
        int[] tenths = new int[10];
        for (int i = 0; i < 10_000; i++)
            tenths[(int)(SobolSampler.Place(3, 0, seeds.NextBits()) * 10)]++;
        Assert.All(tenths, t => Assert.InRange(t, 850, 1150));
    }

    [Fact]
    public void Preview_SameSeed_IsTheSameAndAnotherSeedIsNot()
    {
        SweepDefinition definition = _sobol with { Space = Space(new UniformParameter("x", 0, 1)) };
        Assert.Equal(definition.Preview(), definition.Preview());
        Assert.NotEqual(definition.Preview(), (definition with { Seed = 2 }).Preview());
    }

    [Fact]
    public void Preview_EveryKindOfParameter_EachHasItsShare()
    {
        // Of 16 points each of two choices has 8, each of 4 whole numbers 4, each of two decades 8; n_critic is there with wgan alone.
        SweepDefinition definition = _sobol with
        {
            Space = Space(
                new ChoiceParameter("preset", ["dcgan", "wgan"]),
                new IntParameter("z", 5, 8),
                new LogUniformParameter("lr_d", 1e-5, 1e-3),
                new IntParameter("n_critic", 1, 4, Log: true) { When = [new("preset", ["wgan"])] }),
        };
        List<Configuration> points = [.. definition.Preview()];
        Assert.All(points.CountBy(c => c["preset"]), c => Assert.Equal(8, c.Value));
        Assert.Equal([("5", 4), ("6", 4), ("7", 4), ("8", 4)], points.CountBy(c => c["z"]).Select(c => (c.Key, c.Value)).Order());
        Assert.Equal(8, points.Count(c => Number(c["lr_d"]) < 1e-4));
        Assert.All(points, c => Assert.Equal(c["preset"] == "wgan", c.ContainsKey("n_critic")));
    }

    [Fact]
    public void Faults_MoreParametersThanDimensions_SaysHowManyThereAre()
    {
        Parameter[] parameters = [.. Enumerable.Range(0, 41).Select(i => new UniformParameter($"p{i}", 0, 1)), new FixedParameter("preset", "dcgan")];
        SpecFault fault = Assert.Single((_sobol with { Space = Space(parameters) }).Faults());
        Assert.Equal("the sobol sampler has 40 dimensions, but 41 parameters vary; fix 1 of them, or use random", fault.Message);
        Assert.Empty((_sobol with { Space = Space(parameters[1..]) }).Faults());
        Assert.Equal("experiments", Assert.Single((_sobol with { Configurations = null }).Faults()).Path);
    }

    private static IEnumerable<double> Coordinates(int dimension, uint count)
    {
        for (uint i = 0; i < count; i++)
            yield return SobolSequence.Digit32(dimension, i) / 4294967296.0;
    }

    /// <summary>Warnock's (1972) formula of the L2 star discrepancy.</summary>
    private static double Discrepancy(Configuration[] points)
    {
        double[][] x = [.. points.Select(p => p.Select(v => Number(v.Value)).ToArray())];
        int n = x.Length, d = x[0].Length;
        double single = x.Sum(p => p.Aggregate(1.0, (product, v) => product * (1 - (v * v)) / 2));
        double pairs = x.Sum(p => x.Sum(q => p.Zip(q).Aggregate(1.0, (product, v) => product * (1 - Math.Max(v.First, v.Second)))));
        return Math.Sqrt(Math.Pow(3, -d) - (2.0 / n * single) + (pairs / n / n));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
