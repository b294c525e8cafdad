using CatGan.Coordinator.Serve.Pages.Data;
using CatGan.Coordinator.Tests.Results;

namespace CatGan.Pages.Tests;

/// <summary>What a chart draws of a sweep that has more experiments than one can see.</summary>
public class CourseTests
{
    [Fact]
    public void Choice_OfFew_IsAllOfThem() => Assert.Equal([2, 3, 9], CourseChoice.Of([9, 3, 2], [9, 2, 3]));

    [Fact]
    public void Choice_OfTenThousand_HasTheBestAndSomeOfTheOthersEvenly()
    {
        int[] all = [.. Enumerable.Range(1, 10_000)];
        IReadOnlyList<int> drawn = CourseChoice.Of(all.Reverse(), all);
        Assert.All(all.TakeLast(CourseChoice.Best), n => Assert.Contains(n, drawn));
        Assert.InRange(drawn.Count, CourseChoice.Best + 50, CourseChoice.Best + 200);
        Assert.InRange(drawn.Count(n => n <= 5_000), 50, 100);
    }

    [Fact]
    public void Choice_OfASweepThatGrows_KeepsTheOthersThatItDrew()
    {
        // 64 is the stride of both, so that a live chart does not flicker.
        int[] before = [.. Enumerable.Range(1, 9_000)], after = [.. Enumerable.Range(1, 12_000)];
        Assert.Subset(CourseChoice.Of(after, after).ToHashSet(), CourseChoice.Of(before, before).ToHashSet());
    }

    [Theory]
    [InlineData(200, 200, 1)]
    [InlineData(201, 200, 2)]
    [InlineData(10_000, 200, 64)] // 10,000 / 32 = 312, / 64 = 156
    public void Stride_OfACount_IsTheLeastPowerOfTwoThatFits(int count, int most, int stride) => Assert.Equal(stride, CourseChoice.Stride(count, most));

    [Fact]
    public void Spread_OfScoresAtARung_HasItsPercentilesAndLeavesOutWhatFewReached()
    {
        // Scores 1 to 11 at the first rung: the 10th percentile is at place 1 of 0 to 10. Two of them end near the budget.
        double[][][] lines = [.. Enumerable.Range(1, 11).Select(n => n > 2 ? (double[][])[[20_000, n, 1]] : [[20_000, n, 1], [60_016, n, 1], [30_000, 99, 0]])];
        double[][] spread = CourseSpread.Of(FakeSweep.Define([FakeSweep.Point(("preset", "dcgan"))]) with { Rungs = [20_000] }, lines);
        Assert.Equal([20_000, 2, 6, 10, 11], Assert.Single(spread));
    }
}
