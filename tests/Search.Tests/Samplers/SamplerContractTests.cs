using CatGan.Search.Samplers;
using CsCheck;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

/// <summary>What every sampler of the catalogue must keep to.</summary>
public sealed class SamplerContractTests
{
    public static TheoryData<string> Names => [.. SamplerCatalogue.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Propose_FromASavedState_GoesOnTheSame(string name) => Gen.Select(SpaceGen.Any, Gen.Int[1, 20], Gen.Int[0, 10]).Sample((space, count, cut) =>
    {
        SweepDefinition definition = Small with { Sampler = SamplerChoice.Of(name), Space = space, Configurations = count };
        ISampler sampler = SamplerCatalogue.Find(name)!;
        SamplerState state = new(SearchRandom.Seeded(1), []);
        foreach ((int i, Configuration expected) in definition.Preview().Index())
        {
            if (i == cut)
                state = new SamplerState(new SearchRandom(state.Random.State), state.Memory);
            Assert.Equal(expected, sampler.Propose(definition, state, NoResults));
        }
    }, iter: 100);

    [Theory]
    [MemberData(nameof(Names))]
    public void Faults_UnknownOption_IsNamed(string name)
    {
        SweepDefinition definition = Small with { Configurations = 2, Sampler = new(name, SamplerChoice.Of(name).Options.Add("colour", "red")) };
        Assert.Equal("sampler.colour", Assert.Single(definition.Faults()).Path);
    }
}
