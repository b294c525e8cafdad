using System.Globalization;
using CatGan.Bench;
using CatGan.Search.Samplers;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

public sealed class WarmStartTests
{
    private static readonly SweepDefinition _tpe = Small with
    {
        Sampler = SamplerChoice.Of("tpe"),
        Configurations = 50,
        Space = Space(new UniformParameter("x", 0, 1)),
        WarmStart = ["earlier"],
    };

    [Fact]
    public void Of_EarlierSweep_RanksBestFirstWithFailuresLastAndCancelledLeftOut()
    {
        Sweep earlier = Start(Small with { Space = Space(new ChoiceParameter("x", ["1", "2", "3", "4", "5"])) }, 4);
        for (int number = 1; number <= 4; number++)
            earlier.Apply(Started(number));
        earlier.Apply(Ended(1, 0.5));
        earlier.Apply(Ended(2, null, ExperimentOutcome.Diverged));
        earlier.Apply(Ended(3, 0.25));
        earlier.Apply(Ended(4, 0.1, ExperimentOutcome.Cancelled));
        // Of three with a result: best at 0.5 / 3, second at 1.5 / 3, the diverged one at the end. The fifth has not ended.
        Assert.Equal(
            [new(Point(("x", "3")), 0.25, 0.5 / 3, "earlier"), new(Point(("x", "1")), 0.5, 1.5 / 3, "earlier"), new WarmPoint(Point(("x", "2")), null, 1, "earlier")],
            WarmPoint.Of("earlier", earlier));
    }

    [Fact]
    public void Thin_MorePointsThanAllowed_KeepsTheBestAndSomeOfAllOthers()
    {
        WarmPoint[] points = [.. Enumerable.Range(0, 104).Select(i => Warm(i / 104.0))];
        // Eight: the best four, and of the hundred others every 25th.
        Assert.Equal([0, 1, 2, 3, 4, 29, 54, 79], WarmPoint.Thin(points, 8).Select(p => Array.IndexOf(points, p)));
        Assert.Equal(points, WarmPoint.Thin(points, 104));
    }

    [Fact]
    public void Split_WarmAndOwnResults_OwnOnesComeFirst()
    {
        // Of the forty of the earlier sweep 0.15 * 40 = 6 are good, all others bad.
        SweepDefinition definition = _tpe with { Warm = [.. Enumerable.Range(0, 40).Select(i => Warm(i / 40.0))] };
        TpeSplit none = TpeSplit.Of(definition, 0.15, NoResults);
        Assert.Equal((6, 34), (none.Good.Count, none.Bad.Count));
        // Two own results: 0.15 * 2 rounds to 0 good ones, so that a poor first result does not count as good.
        Sweep sweep = Start(definition, 1);
        SearchPlay.Train(sweep, 1, 5);
        SearchPlay.Train(sweep, 2, 6);
        ConfigurationResults results = new(definition.Objective, 1);
        foreach (Experiment experiment in sweep.Experiments)
            results.Update(experiment, sweep.Experiments);
        TpeSplit two = TpeSplit.Of(definition, 0.15, results);
        Assert.Equal((6, 37), (two.Good.Count, two.Bad.Count));
        Assert.Equal(sweep.Experiments[2].Configuration, two.Bad[0]);
    }

    [Fact]
    public void Propose_WarmStart_BeginsWhereTheEarlierSweepEnded()
    {
        // What was good there lies below 0.15; without it the first ten proposals are random, 0.5 on average.
        Sweep sweep = Start(_tpe with { Warm = [.. Enumerable.Range(0, 40).Select(i => Warm(i / 40.0))] }, 10);
        Assert.InRange(sweep.Experiments.Average(e => double.Parse(e.Configuration["x"], CultureInfo.InvariantCulture)), 0, 0.3);
        Assert.Empty(sweep.Definition.Preview());
    }

    [Fact]
    public void Faults_MorePointsThanAllowed_NamesTheBound() => Assert.Contains(
        "at most 200",
        Assert.Single((_tpe with { Warm = [.. Enumerable.Repeat(Warm(0), 201)] }).Faults()).Message,
        StringComparison.Ordinal);

    [Fact]
    public void PointOf_OtherSpace_TakesWhatIsThereOrSaysWhatDoesNotFit()
    {
        ParameterSpace space = Space(
            new ChoiceParameter("preset", ["dcgan", "wgan"]),
            new LogUniformParameter("lr_d", 1e-5, 1e-3),
            new IntParameter("n_critic", 1, 5) { When = [new("preset", ["wgan"])] });
        Assert.Equal((Point(("preset", "dcgan"), ("lr_d", "1e-4")), null), Translate(("preset", "dcgan"), ("lr_d", "1e-4"), ("n_critic", "9")));
        Assert.Equal((null, "n_critic is 9, out of 1 to 5"), Translate(("preset", "wgan"), ("lr_d", "1e-4"), ("n_critic", "9")));
        Assert.Equal((null, "lr_d is 0.1, out of 1e-5 to 0.001"), Translate(("preset", "wgan"), ("lr_d", "0.1")));
        Assert.Equal((null, "preset is lsgan, out of dcgan, wgan"), Translate(("preset", "lsgan")));
        Assert.Equal((null, "lr_d has no value"), Translate(("preset", "dcgan")));

        (Configuration? Point, string? Misfit) Translate(params (string Name, string Value)[] values)
        {
            Configuration earlier = Point(values);
            return (space.PointOf(n => earlier.GetValueOrDefault(n), out string? misfit), misfit);
        }
    }

    /// <summary>A configuration of the earlier sweep, whose score is its x.</summary>
    private static WarmPoint Warm(double x) => new(Point(("x", Numbers.Text(x))), x, x, "earlier");
}
