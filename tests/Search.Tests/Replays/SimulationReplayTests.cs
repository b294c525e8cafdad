using System.Collections.Immutable;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

/// <summary>Recorded sweeps under other pruners, worked out by hand.</summary>
public sealed class SimulationReplayTests
{
    /// <summary>
    /// Four configurations of 400 images, a second for 100, scored at 100 and 200. The second is the true winner, but the
    /// last at 100 images; the fourth diverges at 150.
    /// </summary>
    private static readonly RecordedSweep _four = new(
        new("swd", Minimize: true), 400, [100, 200],
        [Curve(0, 0.5, 0.4, 0.30), Curve(1, 0.7, 0.3, 0.20), Curve(2, 0.4, 0.35, 0.25), new(3, 0, "d", [new(100, 1, 0.6)], new(ExperimentOutcome.Diverged, 150, 1.5, null))]);

    [Fact]
    public void Play_WithoutPruner_IsTheSweepItself()
    {
        Simulation simulation = new(_four, null, null, [100, 200], Workers: 1);
        SimulatedSweep play = simulation.Play(simulation.RecordedOrder());
        Assert.Equal((1350, 13.5, 3), (play.Images, play.Seconds, play.Completed));
        Assert.Equal(new SimulatedWinner(1, "b", 0.2, 1), play.Winner);
        Assert.Equal(new TrueWinner(1, "b", 0.2, Killed: false, 400), play.TrueWinner);
    }

    [Fact]
    public void Play_AshaInOnePlace_SavesAndMissesWhatIsWorkedOut()
    {
        // Eta 2. At 100: a pauses (0.5, none of one). b pauses (0.7, one of two: a, which is promoted).
        // a at 200 (0.4): none of one, pauses. c at 100 (0.4): first of three, goes on; at 200 (0.35) first of two, goes on
        // to its end (0.25). d at 100 (0.6): 0.4 0.5 0.6 0.7, two of four: not d. Nothing is left: b, the true winner, has
        // been cut short at 100. Images: a 200, b 100, c 400, d 100.
        Simulation simulation = new(_four, Asha("2"), null, [100, 200], Workers: 1);
        SimulatedSweep play = simulation.Play(simulation.RecordedOrder());
        Assert.Equal((800, 8.0, 1), (play.Images, play.Seconds, play.Completed));
        Assert.Equal(new SimulatedWinner(2, "c", 0.25, 2), play.Winner);
        Assert.Equal(new TrueWinner(1, "b", 0.2, Killed: true, 100), play.TrueWinner);
    }

    [Fact]
    public void Play_OtherOrder_GivesEachPlaceItsConfiguration()
    {
        // c (0.4) first: pauses. b (0.7): pauses; c, one of two, is promoted; at 200 (0.35) none of one: pauses. a (0.5): second of
        // three, pauses. d (0.6): third of four, pauses; a is second, one of two: promoted, at 200 (0.4) second of two: pauses,
        // and c (0.35), one of two, trains to its end.
        Simulation simulation = new(_four, Asha("2"), null, [100, 200], Workers: 1);
        SimulatedSweep play = simulation.Play([2, 1, 0, 3]);
        Assert.Equal((400 + 100 + 200 + 100, 1), (play.Images, play.Completed));
        Assert.Equal(new SimulatedWinner(2, "c", 0.25, 2), play.Winner);
    }

    [Fact]
    public void Play_MorePlacesThanExperiments_PromotesInThePlacesThatAreFree()
    {
        // All four at once; each comes to 100 after a second, a to d in turn, and four places are always enough. a pauses (none of
        // one); b (0.7) pauses, and a is promoted (first of two); c (0.4, first of three) goes on; d (0.6) pauses, third of four.
        // After two seconds a (0.4) comes to 200 and pauses, none of one; c (0.35), first of two, goes on to its end.
        Simulation simulation = new(_four, Asha("2"), null, [100, 200], Workers: 9);
        SimulatedSweep play = simulation.Play(simulation.RecordedOrder());
        Assert.Equal((800, 4.0, 1), (play.Images, play.Seconds, play.Completed));
        Assert.Equal("c", play.Winner!.Label);
    }

    [Fact]
    public void Orders_SameSeed_AreTheSamePermutations()
    {
        Simulation simulation = new(_four, null, null, [], 1);
        string[] orders = [.. simulation.Orders(50, 7).Select(o => string.Join(' ', o))];
        Assert.Equal(orders, simulation.Orders(50, 7).Select(o => string.Join(' ', o)));
        Assert.All(orders, o => Assert.Equal("0 1 2 3", string.Join(' ', o.Split(' ').Order())));
        Assert.True(orders.Distinct().Count() > 15);
    }

    [Fact]
    public void Rungs_PrunersLadder_MustBeRecorded()
    {
        RecordedSweep recorded = _four with { BudgetImages = 1600, Rungs = [100, 200, 400, 800] };
        Assert.Equal([100, 400], Simulation.RungsOf(recorded, Asha("4")));
        Assert.Equal([100, 200, 400, 800], Simulation.RungsOf(recorded, PrunerChoice.Of("median")));
        Simulation thirds = new(recorded, Asha("3"), null, Simulation.RungsOf(recorded, Asha("3")), 1);
        Assert.Equal(
            ["the pruner judges at 100, 300, 900 images, but the sweep was scored at 100, 200, 400, 800, not at 300, 900; choose eta and min_images so that its rungs are among these, or name rungs"],
            thirds.Faults());
        Assert.Equal(["pruner.eta is 1, but must be a whole number from 2 to 100"], new Simulation(_four, Asha("1"), null, [100, 200], 1).Faults());
    }

    [Fact]
    public void Of_SweepOfRealEvents_HoldsScoresAndTimes()
    {
        Sweep sweep = Start(Small with { Configurations = 1 });
        sweep.Apply(Started(1));
        foreach ((long images, double swd) in ((long, double)[])[(250, 0.5), (500, 0.4), (750, 0.45)])
        {
            sweep.Apply(Saved(1, images));
            sweep.Apply(Rung(1, images, swd));
        }
        Assert.Null(RecordedSweep.Of(sweep, out string? fault));
        Assert.Equal("it has not ended (0 of 1 experiments have); simulate it when it has", fault);
        sweep.Apply(Ended(1, 0.3));
        RecordedCurve curve = Assert.Single(RecordedSweep.Of(sweep, out _)!.Curves);
        Assert.Equal([new(250, 2.5, 0.5), new(500, 5, 0.4), new(750, 7.5, 0.45)], curve.Rungs);
        Assert.Equal((new RecordedEnd(ExperimentOutcome.Completed, 1000, 10, 0.3), "lr_d=1e-4"), (curve.End, curve.Label));
    }

    [Fact]
    public void Of_SweepThatWasPruned_SaysThatNobodyKnowsTheRest()
    {
        PrunedSweep sweep = new(PrunedSweep.Of("asha", 2, ("eta", "2")));
        sweep.At(1, 100, 0.5);
        sweep.At(2, 100, 0.4);
        sweep.At(2, 200, 0.4);
        sweep.End(2, 0.3);
        Assert.Equal(SweepStage.Finished, sweep.Sweep.Stage);
        Assert.Null(RecordedSweep.Of(sweep.Sweep, out string? fault));
        Assert.StartsWith("it was run with asha, which stopped 1 of its 2 experiments, and nobody knows how they would have gone on", fault, StringComparison.Ordinal);
    }

    private static PrunerChoice Asha(string eta) => new("asha", ImmutableSortedDictionary<string, string>.Empty.Add("eta", eta));

    private static RecordedCurve Curve(int index, double at100, double at200, double end) => new(
        index, 0, $"{(char)('a' + index)}", [new(100, 1, at100), new(200, 2, at200)], new(ExperimentOutcome.Completed, 400, 4, end));
}
