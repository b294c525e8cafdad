using System.Globalization;
using CsCheck;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

public sealed class RandomSamplerTests
{
    private static readonly SweepDefinition _random = Small with { Sampler = SamplerChoice.Of("random"), Configurations = 20 };

    [Fact]
    public void Preview_RandomSpace_HasExactlyTheActiveParametersWithinTheirBounds() =>
        Gen.Select(SpaceGen.Any, Gen.Long).Sample((space, seed) =>
        {
            foreach (Configuration configuration in (_random with { Space = space, Seed = seed }).Preview())
            {
                foreach (Parameter parameter in space.Parameters)
                {
                    bool wanted = parameter.When.All(c => configuration.TryGetValue(c.Parameter, out string? v) && c.Values.Contains(v));
                    Assert.Equal(wanted, configuration.TryGetValue(parameter.Name, out string? value));
                    if (wanted)
                        AssertWithin(parameter, value!);
                }
            }
        }, iter: 300);

    [Fact]
    public void Preview_SameSeed_IsTheSameAndAnotherSeedIsNot()
    {
        SweepDefinition definition = _random with { Space = Space(new UniformParameter("x", 0, 1)) };
        Assert.Equal(definition.Preview(), definition.Preview());
        Assert.NotEqual(definition.Preview(), (definition with { Seed = 2 }).Preview());
    }

    [Fact]
    public void Draw_LogUniform_EachDecadeIsAsLikely()
    {
        LogUniformParameter parameter = new("lr", 1e-5, 1e-1);
        SearchRandom random = SearchRandom.Seeded(1);
        int[] decades = new int[4];
        for (int i = 0; i < 40_000; i++)
            decades[Math.Min(3, (int)(Math.Log10(Number(parameter.Draw(random))) + 5))]++;
        // 10,000 each expected with a standard deviation of sqrt(40,000 * 1/4 * 3/4) = 87; five of those allowed.
        Assert.All(decades, d => Assert.InRange(d, 9_567, 10_433));
    }

    [Fact]
    public void Draw_LogInt_EachOctaveIsAsLikelyAndBothEndsAreReached()
    {
        // [1, 2), [2, 4), [4, 8), [8, 16): 15 values, log(16) = 4 octaves of the same weight.
        IntParameter parameter = new("hidden", 1, 15, Log: true);
        SearchRandom random = SearchRandom.Seeded(1);
        List<int> drawn = [.. Enumerable.Range(0, 40_000).Select(_ => (int)Number(parameter.Draw(random)))];
        Assert.All(drawn.CountBy(v => int.Log2(v)), octave => Assert.InRange(octave.Value, 9_567, 10_433));
        Assert.Equal(Enumerable.Range(1, 15), drawn.Distinct().Order());
    }

    [Fact]
    public void Draw_IntOverTheWholeRange_StaysInIt() => Gen.Select(Gen.Int, Gen.Int, Gen.Bool, Gen.ULong).Sample((a, b, log, seed) =>
    {
        (int min, int max) = log ? (Math.Max(1, Math.Min(a, b)), Math.Max(1, Math.Max(a, b))) : (Math.Min(a, b), Math.Max(a, b));
        double drawn = Number(new IntParameter("x", min, max, log).Draw(new SearchRandom(seed)));
        return drawn >= min && drawn <= max;
    });

    [Fact]
    public void Faults_WithoutANumberOfExperiments_AsksForIt()
    {
        SpecFault fault = Assert.Single((_random with { Configurations = null }).Faults());
        Assert.Equal("experiments", fault.Path);
    }

    private static void AssertWithin(Parameter parameter, string value)
    {
        switch (parameter)
        {
            case FixedParameter p: Assert.Equal(p.Value, value); break;
            case ChoiceParameter p: Assert.Contains(value, p.Values); break;
            case UniformParameter p: Assert.InRange(Number(value), p.Min, p.Max); break;
            case LogUniformParameter p: Assert.InRange(Number(value), p.Min, p.Max); break;
            case IntParameter p: Assert.InRange(int.Parse(value, CultureInfo.InvariantCulture), p.Min, p.Max); break;
            default: Assert.Fail($"No bounds known for {parameter.Kind}."); break;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
