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
