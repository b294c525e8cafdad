using CatGan.Abstractions.Experiments;
using CatGan.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Tests.Metrics;

public sealed class RealSidesTests
{
    private static readonly ScoreSize Size = new(8, 4);

    [Fact]
    public void Rent_SamePicturesAgain_IsTheSameSideAlsoAfterItsReturn()
    {
        using var cats = Cats.Draw(16, 16);
        using var again = Cats.Draw(16, 16);
        using var sides = new RealSides();

        var first = sides.Rent(cats, CPU, Size);
        var second = sides.Rent(again, CPU, Size);
        first.Dispose();
        second.Dispose();
        using var third = sides.Rent(cats, CPU, Size);

        Assert.Same(first.Sides, second.Sides);
        Assert.Same(first.Sides, third.Sides);
    }

    [Fact]
    public void Rent_OtherPicturesOrCounts_IsAnotherSide()
    {
        using var cats = Cats.Draw(16, 16);
        using var others = Cats.Draw(17, 16);
        using var sides = new RealSides();

        using var first = sides.Rent(cats, CPU, Size);
        using var otherPictures = sides.Rent(others, CPU, Size);
        using var otherCounts = sides.Rent(cats, CPU, new ScoreSize(8, 5));

        Assert.NotSame(first.Sides, otherPictures.Sides);
        Assert.NotSame(first.Sides, otherCounts.Sides);
    }

    [Fact]
    public void Return_ManyUnused_KeepsTheLastTwoAlone()
    {
        using var cats = Cats.Draw(16, 16);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var sides = new RealSides())
        {
            var leases = Enumerable.Range(1, 4).Select(patches => sides.Rent(cats, CPU, new ScoreSize(8, patches))).ToList();
            var full = DisposeScopeManager.Statistics.ThreadTotalLiveCount - before;
            leases.ForEach(lease => lease.Dispose());

            Assert.Equal(full / 2, DisposeScopeManager.Statistics.ThreadTotalLiveCount - before);
            using var last = sides.Rent(cats, CPU, new ScoreSize(8, 4));
            Assert.Same(leases[3].Sides, last.Sides);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public async Task Rent_FromManyThreadsAtOnce_WorksItOutOnce()
    {
        using var cats = Cats.Draw(16, 16);
        using var sides = new RealSides();

        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => sides.Rent(cats, CPU, Size))));

        Assert.All(leases, lease => Assert.Same(leases[0].Sides, lease.Sides));
        Array.ForEach(leases, lease => lease.Dispose());
    }
}
