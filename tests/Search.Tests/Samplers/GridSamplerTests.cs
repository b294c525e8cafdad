using CatGan.Search.Samplers;
using CsCheck;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

public sealed class GridSamplerTests
{
    [Fact]
    public void Preview_ConditionOnThePreset_AppliesOnlyThere()
    {
        // dcgan: 1; wgan and wgan-gp: 2 values of n_critic each = 5, the last parameter changing fastest.
        SweepDefinition definition = Small with
        {
            Space = Space(
                new ChoiceParameter("n_critic", ["1", "5"]) { When = [new("preset", ["wgan", "wgan-gp"])] },
                new ChoiceParameter("preset", ["dcgan", "wgan", "wgan-gp"])),
        };
        Assert.Equal(
            ["preset=dcgan", "n_critic=1 preset=wgan", "n_critic=5 preset=wgan", "n_critic=1 preset=wgan-gp", "n_critic=5 preset=wgan-gp"],
            definition.Preview().Select(c => c.ToString()));
        Assert.Equal(5, definition.TotalConfigurations);
    }

    [Fact]
    public void Preview_RangesWithPoints_AreEvenlySpaced()
    {
        Assert.Equal(["0", "0.25", "0.5", "0.75", "1"], new UniformParameter("x", 0, 1, 5).GridValues());
        Assert.Equal(["1e-5", "0.0001", "0.001", "0.01"], new LogUniformParameter("x", 1e-5, 1e-2, 4).GridValues());
        Assert.Equal(["1", "4", "7", "10"], new IntParameter("x", 1, 10, false, 4).GridValues());
        // 1, 1.58, 2.52, 4: rounded 1, 2, 3, 4. Of 1 to 4 in 9 places by factor 4^(1/8) only these four are left.
        Assert.Equal(["1", "2", "3", "4"], new IntParameter("x", 1, 4, true, 4).GridValues());
        Assert.Equal(["1", "2", "3", "4"], new IntParameter("x", 1, 4, true, 9).GridValues());
    }

    [Fact]
    public void Preview_RandomSpace_IsExactlyTheProductUnderConditions() => SpaceGen.Any.Sample(space =>
    {
        HashSet<Configuration> expected = Product(space);
        SweepDefinition definition = Small with { Space = space };
        List<Configuration> proposed = [.. definition.Preview()];
        Assert.Equal(expected.Count, definition.TotalConfigurations);
        Assert.Equal(expected.Count, proposed.Count);
        Assert.True(expected.SetEquals(proposed));
    }, iter: 300);

    [Fact]
    public void Propose_AfterTheLast_HasNoMore() => SpaceGen.Any.Sample(space =>
    {
        SweepDefinition definition = Small with { Space = space };
        GridSampler sampler = new();
        SamplerState state = new(SearchRandom.Seeded(1), []);
        for (int i = 0; i < definition.TotalConfigurations; i++)
            Assert.NotNull(sampler.Propose(definition, state, NoResults));
        // A space without parameters has one configuration, the empty one, and nothing to remember it by.
        Assert.True(space.Parameters.IsEmpty || sampler.Propose(definition, state, NoResults) is null);
    }, iter: 100);

    [Fact]
    public void Preview_AlsoOnAndOffTheGrid_RunsFirstAndNeverTwice()
    {
        // The grid has 1e-4 and 5e-5; of the points before it one is on it (in another form), one is not.
        SweepDefinition definition = Small with { Also = [Point(("lr_d", "0.00005")), Point(("lr_d", "2e-4"))] };
        Assert.Equal(
            ["lr_d=0.00005 preset=dcgan", "lr_d=2e-4 preset=dcgan", "lr_d=1e-4 preset=dcgan"],
            definition.Preview().Select(c => c.ToString()));
        Assert.Equal(3, definition.TotalConfigurations);
    }

    [Fact]
    public void Faults_AlsoHoldsAPointTwiceInTwoForms_NamesBoth()
    {
        SweepDefinition definition = Small with { Also = [Point(("lr_d", "5e-5")), Point(("lr_d", "1")), Point(("lr_d", "0.00005"), ("preset", "dcgan"))] };
        SpecFault fault = Assert.Single(definition.Faults());
        Assert.Equal(("also[2]", "also[2] is the same point as also[0]; use repeats to run a point several times"), (fault.Path, fault.Message));
    }

    [Fact]
    public void Preview_FewerConfigurationsThanTheGridHas_TakesTheFirst()
    {
        SweepDefinition definition = Small with { Configurations = 1 };
        Assert.Equal(["lr_d=1e-4 preset=dcgan"], definition.Preview().Select(c => c.ToString()));
    }

    [Fact]
    public void Faults_RangeWithoutPoints_SaysWhatToAdd()
    {
        SpecFault fault = Assert.Single((Small with { Space = Space(new LogUniformParameter("lr_d", 1e-5, 1e-3)) }).Faults());
        Assert.Equal("parameters.lr_d.log_uniform", fault.Path);
        Assert.Contains("points: 5", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_GridOfTenMillion_IsRefusedAtOnce()
    {
        // 10 values each of 7 parameters.
        Parameter[] parameters = [.. Enumerable.Range(0, 7).Select(i => new IntParameter($"p{i}", 1, 10, false, 10))];
        SpecFault fault = Assert.Single((Small with { Space = Space(parameters) }).Faults());
        Assert.Contains("1000000", fault.Message, StringComparison.Ordinal);
        Assert.Equal(3, (Small with { Space = Space(parameters), Configurations = 3 }).TotalExperiments);
    }

    /// <summary>The grid by its definition: all tuples, values of absent parameters taken out, duplicates too.</summary>
    private static HashSet<Configuration> Product(ParameterSpace space)
    {
        IEnumerable<IEnumerable<KeyValuePair<string, string>>> tuples = [[]];
        foreach (Parameter parameter in space.Parameters)
            tuples = tuples.SelectMany(t => parameter.GridValues().Select(v => t.Append(KeyValuePair.Create(parameter.Name, v))));
        return [.. tuples.Select(t => new Configuration(t)).Select(t => new Configuration(t.Where(v => IsThere(space, t, v.Key))))];
    }

    private static bool IsThere(ParameterSpace space, Configuration tuple, string name) =>
        space.Find(name)!.When.All(c => IsThere(space, tuple, c.Parameter) && c.Values.Contains(tuple[c.Parameter]));
}
