using System.Diagnostics;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

public sealed class SweepScaleTests
{
    [Fact]
    public void Apply_ManyExperiments_TakesNoLongerAtTheEndThanAtTheStart()
    {
        // 20 parts of 1,000 experiments. A look at all experiments in any event would make the last parts some ten times
        // as slow as the first ones; the fastest of several parts is compared, since other programs run too.
        Sweep sweep = Start(Small with { Sampler = SamplerChoice.Of("random"), Configurations = 20_000 });
        List<double> parts = [.. Enumerable.Range(0, 20).Select(part => Time(sweep, (part * 1000) + 1))];
        Assert.Equal((SweepStage.Finished, 20_000), (sweep.Stage, sweep.EndedCount));
        Assert.InRange(parts[15..].Min() / parts[1..6].Min(), 0, 4);
    }

    private static double Time(Sweep sweep, int first)
    {
        long start = Stopwatch.GetTimestamp();
        for (int number = first; number < first + 1000; number++)
        {
            sweep.Apply(Started(number));
            sweep.Apply(Rung(number, 250, 1.0 / number));
            sweep.Apply(Saved(number, 250));
            sweep.Apply(Ended(number, 0.5));
        }
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
