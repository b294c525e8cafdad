using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

/// <summary>What an event costs must not grow with the sweep. Time is the bench's (<c>events</c>); here it is memory, which is exact.</summary>
public sealed class SweepScaleTests
{
    [Fact]
    public void Apply_ManyExperiments_AllocatesNoMoreAtTheEndThanAtTheStart()
    {
        // 20 parts of 1,000 experiments. A copy of anything that grows with the sweep would make the last part some
        // ten times as costly as the second one; a list that doubles costs at most a few times a part's own.
        Sweep sweep = Start(Small with { Sampler = SamplerChoice.Of("random"), Configurations = 20_000 });
        List<long> parts = [.. Enumerable.Range(0, 20).Select(part => Allocated(sweep, (part * 1000) + 1))];
        Assert.Equal((SweepStage.Finished, 20_000), (sweep.Stage, sweep.EndedCount));
        Assert.InRange(parts[^1], 1, parts[1] * 2);
    }

    [Theory]
    [InlineData("asha")]
    [InlineData("hyperband")]
    [InlineData("median")]
    public void Judge_ManyExperiments_AllocatesNoMoreAtTheEndThanAtTheStart(string pruner)
    {
        // The same, with a verdict for each: places in a tree, so at most a little more with its depth.
        Sweep sweep = Start(Small with { Sampler = SamplerChoice.Of("random"), Configurations = 20_000, Pruner = PrunerChoice.Of(pruner) });
        List<long> parts = [.. Enumerable.Range(0, 20).Select(part => Judged(sweep, 1000))];
        Assert.InRange(parts[^1], 1, parts[1] * 2);
    }

    /// <summary>So many times whatever is offered trains to its next rung or its end, and leaves when told.</summary>
    private static long Judged(Sweep sweep, int times)
    {
        long start = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < times && !sweep.HasEnded; i++)
        {
            Experiment next = sweep.Experiments[sweep.Active[0] - 1];
            sweep.Apply(Started(next.Number, next.Epoch + 1));
            long images = Small.Rungs.FirstOrDefault(r => r > next.Images, 1000);
            if (images == 1000)
            {
                sweep.Apply(Ended(next.Number, 0.5, epoch: next.Epoch + 1));
                continue;
            }
            sweep.Apply(Saved(next.Number, images, next.Epoch + 1));
            sweep.Apply(Rung(next.Number, images, (double)next.Seed / images, next.Epoch + 1));
            sweep.Apply(Lost(next.Number, next.Epoch + 1));
        }
        return GC.GetAllocatedBytesForCurrentThread() - start;
    }

    private static long Allocated(Sweep sweep, int first)
    {
        long start = GC.GetAllocatedBytesForCurrentThread();
        for (int number = first; number < first + 1000; number++)
        {
            sweep.Apply(Started(number));
            sweep.Apply(Rung(number, 250, 1.0 / number));
            sweep.Apply(Saved(number, 250));
            sweep.Apply(Ended(number, 0.5));
        }
        return GC.GetAllocatedBytesForCurrentThread() - start;
    }
}
