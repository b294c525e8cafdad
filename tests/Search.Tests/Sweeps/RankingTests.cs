using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

public sealed class RankingTests
{
    [Fact]
    public void Ranking_RepeatsOfTwoConfigurations_ComparesMeansAndGivesTheirSpread()
    {
        // Configuration 0: 0.2 and 0.6, mean 0.4, deviations 0.2 each: spread sqrt(2 * 0.04 / 1) = 0.2828.
        // Configuration 1: 0.3 and 0.3, mean 0.3, spread 0, though its single best is worse.
        Sweep sweep = Played(Ended(1, 0.2), Ended(2, 0.6), Ended(3, 0.3), Ended(4, 0.3));
        IReadOnlyList<ConfigurationRank> ranking = sweep.Ranking();
        Assert.Equal([(1, 1), (2, 0)], ranking.Select(r => (r.Place!.Value, r.Index)));
        Assert.Equal([0.3, 0.4], ranking.Select(r => r.Mean!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0, Math.Sqrt(0.08)], ranking.Select(r => r.Spread!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([3, 4], ranking[0].Experiments);
    }

    [Fact]
    public void Ranking_ObjectiveToMaximize_PutsTheLargestFirst()
    {
        Sweep sweep = Played(Small with { Objective = new("swd", Minimize: false) }, Ended(1, 0.2), Ended(2, 0.4));
        Assert.Equal([1, 0], sweep.Ranking().Select(r => r.Index));
    }

    [Fact]
    public void Ranking_BestFullScore_CountsAndNotTheLast()
    {
        Sweep sweep = Start(Small with { Configurations = 1 });
        sweep.Apply(Started(1));
        sweep.Apply(Rung(1, 500, 0.1));
        sweep.Apply(Ended(1, 0.9));
        Assert.Equal(0.1, sweep.Ranking()[0].Mean);
        Assert.Equal((0.1, 500), (sweep.Experiments[0].BestScore, sweep.Experiments[0].BestImages));
    }

    [Fact]
    public void Ranking_IncompleteAndFailed_AreListedApartWithReasons()
    {
        SweepDefinition definition = Small with { Repeats = 2, Space = Space(new ChoiceParameter("lr_d", ["1", "2", "3", "4"])) };
        Sweep sweep = Played(
            definition,
            Ended(1, 0.1),
            Ended(2, null, ExperimentOutcome.Diverged, reason: "loss_d is NaN at 250 images"),
            Ended(3, 0.5),
            Ended(4, 0.6, ExperimentOutcome.Stopped),
            Ended(5, null),
            Ended(6, 0.5),
            Ended(7, 0.01));
        // 0: one repeat diverged. 1: both ended. 2: one ended without a score. 3: experiment 8 is still to come.
        Assert.Equal(
            [
                (1, RankStanding.Ranked, null),
                (3, RankStanding.Incomplete, "experiment 8 has not ended"),
                (0, RankStanding.Failed, "experiment 2 diverged (loss_d is NaN at 250 images)"),
                (2, RankStanding.Failed, "experiment 5 ended without a score"),
            ],
            sweep.Ranking().Select(r => (r.Index, r.Standing, r.Reason)));
        Assert.Equal(0.1, sweep.Ranking()[2].Mean);
    }

    [Fact]
    public void Ranking_ScoreThatIsNoNumber_IsNoScore()
    {
        Sweep sweep = Played(Ended(1, double.NaN), Ended(2, 0.5), Ended(3, 0.5), Ended(4, 0.5));
        Assert.Equal([1, 0], sweep.Ranking().Select(r => r.Index));
        Assert.Equal(2, sweep.Best?.Number);
    }

    private static Sweep Played(params ExperimentEnded[] ends) => Played(Small with { Repeats = 2 }, ends);

    private static Sweep Played(SweepDefinition definition, params ExperimentEnded[] ends)
    {
        Sweep sweep = Start(definition);
        foreach (ExperimentEnded end in ends)
        {
            sweep.Apply(Started(end.Number));
            sweep.Apply(end);
        }
        return sweep;
    }
}
