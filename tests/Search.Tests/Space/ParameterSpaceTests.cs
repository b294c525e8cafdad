using CsCheck;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

public sealed class ParameterSpaceTests
{
    [Fact]
    public void Faults_SpaceWithManyFaults_NamesAllAtOnce()
    {
        ParameterSpace space = Space(
            new ChoiceParameter("preset", ["wgan", "wgan"]),
            new ChoiceParameter("batch", []),
            new LogUniformParameter("lr_d", 0, 1e-3),
            new UniformParameter("beta1", 0.9, 0.5, 1),
            new IntParameter("n_critic", 5, 1) { When = [new("present", ["wgan"])] },
            new FixedParameter("clip", "0.01") { When = [new("preset", ["dcgan"])] },
            new FixedParameter("penalty", "10") { When = [new("lr_d", ["1e-4"])] },
            new FixedParameter("clip", "0.02"));
        Assert.Equal(
            [
                "parameters.batch.choice", "parameters.beta1.points", "parameters.beta1.uniform", "parameters.clip",
                "parameters.clip.when.preset", "parameters.lr_d.log_uniform", "parameters.n_critic.int",
                "parameters.n_critic.when.present", "parameters.penalty.when.lr_d", "parameters.preset.choice",
            ],
            space.Faults().Select(f => f.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Faults_ValueAndBound_AreInTheMessage()
    {
        SpecFault fault = Assert.Single(Space(new LogUniformParameter("lr_d", 0, 1e-3)).Faults());
        Assert.Equal("lr_d goes from 0 to 0.001, but must go from a number above 0 to a finite one that is not smaller", fault.Message);
    }

    [Fact]
    public void Faults_SameNumberInTwoForms_IsNamedWithBoth()
    {
        SpecFault fault = Assert.Single(Space(new ChoiceParameter("lr_d", ["1e-4", "5e-5", "0.0001"])).Faults());
        Assert.Equal("lr_d has the value 0.0001 twice (also as 1e-4), but each may be there once", fault.Message);
    }

    [Fact]
    public void Faults_CircleOfConditions_NamesItsMembers()
    {
        ParameterSpace space = Space(
            new ChoiceParameter("a", ["1"]) { When = [new("b", ["1"])] },
            new ChoiceParameter("b", ["1"]) { When = [new("a", ["1"])] },
            new ChoiceParameter("c", ["1"]));
        Assert.Equal(["parameters.a.when", "parameters.b.when"], space.Faults().Select(f => f.Path));
        Assert.Contains("a, b", space.Faults()[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_RandomSpaceFromTheGenerator_None() => SpaceGen.Any.Sample(space => space.Faults().Count == 0);

    [Fact]
    public void Complete_PointWithoutFixedParameters_GetsThoseWhoseConditionsHold()
    {
        ParameterSpace space = Space(
            new FixedParameter("clip", "0.01") { When = [new("preset", ["wgan"])] },
            new FixedParameter("penalty", "10") { When = [new("preset", ["wgan-gp"])] },
            new ChoiceParameter("preset", ["wgan", "wgan-gp"]),
            new FixedParameter("size", "32"));
        Assert.Equal(
            Point(("clip", "0.01"), ("preset", "wgan"), ("size", "64")),
            space.Complete(Point(("preset", "wgan"), ("size", "64"))));
    }
}
