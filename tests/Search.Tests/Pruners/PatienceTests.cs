namespace CatGan.Search.Tests;

public sealed class PatienceTests
{
    [Fact]
    public void Judge_PatienceUsedUpAroundAsha_StopsForGood()
    {
        // 2 goes on at 100 as the better of two, and would at 200, but has not become better.
        PrunedSweep sweep = new(PrunedSweep.Of("asha", 4, ("eta", "2")) with { Patience = 1 });
        Assert.Equal("paused", sweep.At(1, 100, 0.5));
        Assert.Equal("goes on", sweep.At(2, 100, 0.4));
        Assert.Equal("stopped", sweep.At(2, 200, 0.41));
        Assert.StartsWith("patience: swd was not better than 0.4", sweep[2].Reason, StringComparison.Ordinal);
        // Its score stays at the rung, and it is none that could be promoted: 3 is new.
        Assert.Equal([3], sweep.Active);
    }

    [Fact]
    public void Judge_PatienceLeft_LeavesTheVerdictToThePruner()
    {
        PrunedSweep sweep = new(PrunedSweep.Of("median", 3, ("warmup_experiments", "1")) with { Patience = 1 });
        Assert.Equal("goes on", sweep.At(1, 100, 0.5));
        sweep.End(1, 0.4);
        Assert.Equal("stopped", sweep.At(2, 100, 0.6));
        Assert.StartsWith("median:", sweep[2].Reason, StringComparison.Ordinal);
    }
}
