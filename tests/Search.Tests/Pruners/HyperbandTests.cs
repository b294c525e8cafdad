using CatGan.Search.Pruners;

namespace CatGan.Search.Tests;

public sealed class HyperbandTests
{
    [Fact]
    public void Brackets_EtaTwoAndTwoRungs_GetTheSharesOfThePaper()
    {
        // s_max = 2: n = ceil(3/3 x 4) = 4 in the bracket that prunes twice, ceil(3/2 x 2) = 3 in that which prunes once,
        // ceil(3/1 x 1) = 3 in that which prunes nothing: 0.4, 0.3, 0.3 of ten.
        var shares = Hyperband.Shares(rungs: 2, brackets: 3, eta: 2);
        Assert.Equal([0.4, 0.7, 1.0], shares.Select(s => Math.Round(s, 12)));
        // Multiples of 0.618 less their whole part: 0, .62, .24, .85, .47, .09, .71, .33, .94, .56.
        Assert.Equal([0, 1, 0, 2, 1, 0, 2, 0, 2, 1], Enumerable.Range(0, 10).Select(i => Hyperband.BracketOf(shares, i)));
    }

    [Fact]
    public void Play_ThreeBrackets_EachPrunesFromItsOwnRungOn()
    {
        // Experiments 1, 3 and 6 are in bracket 0, 2 and 5 in bracket 1, 4 in bracket 2.
        PrunedSweep sweep = new(PrunedSweep.Of("hyperband", 5, ("eta", "2")));
        Assert.Equal("paused", sweep.At(1, 100, 0.5));
        // Bracket 1 has no say at 100; at 200 it has one, of which none goes on.
        Assert.Equal("goes on", sweep.At(2, 100, 0.9));
        Assert.Equal("paused", sweep.At(2, 200, 0.8));
        // Bracket 0 at 100: 0.4 0.5, one goes on; at 200 none of one.
        Assert.Equal("goes on", sweep.At(3, 100, 0.4));
        Assert.Equal("paused", sweep.At(3, 200, 0.3));
        // Bracket 2 prunes nothing, however bad.
        Assert.Equal("goes on", sweep.At(4, 100, 5));
        Assert.Equal("goes on", sweep.At(4, 200, 5));
        sweep.End(4, 5);
        // Bracket 1 at 200: 0.7 0.8, one goes on.
        Assert.Equal("goes on", sweep.At(5, 100, 2));
        Assert.Equal("goes on", sweep.At(5, 200, 0.7));
        sweep.End(5, 0.6);
        // One has used its budget, nothing can be promoted: 1, 2 and 3 end.
        Assert.Equal((SweepStage.Finished, 3), (sweep.Sweep.Stage, sweep.Sweep.CountOf(ExperimentOutcome.Stopped)));
        Assert.Equal("hyperband bracket 0: rank 1 of 1 at 200 images (swd 0.3), 1 in 2 goes on", sweep[3].Reason);
    }
}
