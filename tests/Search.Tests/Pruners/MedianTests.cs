namespace CatGan.Search.Tests;

/// <summary>The median rule at 100 and 200 images, with two others needed before it judges.</summary>
public sealed class MedianTests
{
    [Fact]
    public void Play_RunningAverages_StopWhatIsWorseThanTheirMedian()
    {
        PrunedSweep sweep = Play();
        // Averages so far: at 100 0.5, 0.7; at 200 (0.5 + 0.4) / 2 = 0.45, (0.7 + 0.5) / 2 = 0.6.
        // 3 at 100: 0.55 is better than the median 0.6. At 200 its best, 0.53, is worse than the median 0.525.
        Assert.Equal("goes on", sweep.At(3, 100, 0.55));
        Assert.Equal("stopped", sweep.At(3, 200, 0.53));
        Assert.Equal("median: the best swd by 200 images was 0.53, worse than 0.525, the median of 2 others' averages so far", sweep[3].Reason);
        // 4 at 100: others 0.5 0.55 0.7. Its best counts at 200, not its last: 0.3 against the median of 0.45 0.54 0.6.
        Assert.Equal("goes on", sweep.At(4, 100, 0.3));
        Assert.Equal("goes on", sweep.At(4, 200, 0.9));
        // 5 diverges before 100 and is the worst there: others of 6 are 0.3 0.5 0.55 0.7 -, the median 0.55, and 0.55 is not worse.
        sweep.End(4, 0.2);
        sweep.End(5, null, ExperimentOutcome.Diverged);
        Assert.Equal("goes on", sweep.At(6, 100, 0.55));
        sweep.End(6, 0.5);
        // 0.3 0.5 0.55 0.55 0.7 -: the median is 0.55, and 0.56 is worse.
        Assert.Equal("stopped", sweep.At(7, 100, 0.56));
    }

    [Fact]
    public void Play_ObjectiveToMaximize_CountsTheOtherWay()
    {
        PrunedSweep sweep = Play(d => d with { Objective = new("swd", Minimize: false) });
        Assert.Equal("stopped", sweep.At(3, 100, 0.55));
        Assert.Contains("worse than 0.6,", sweep[3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Play_WarmupImages_JudgesNobodyBefore()
    {
        PrunedSweep sweep = Play(options: ("warmup_images", "200"));
        Assert.Equal("goes on", sweep.At(3, 100, 9));
        Assert.Equal("stopped", sweep.At(3, 200, 9));
    }

    [Fact]
    public void Faults_NothingToJudgeAt_AreNamed()
    {
        Assert.Equal(
            ["pruner: pruner is median, but there are no rungs to judge at; give rungs, such as [20_000, 40_000]"],
            (PrunedSweep.Of("median", 4) with { Rungs = [] }).Faults().Select(f => f.ToString()));
        Assert.Equal(
            ["pruner.warmup_images: pruner.warmup_images is 300, but the last rung is at 200, so that nobody would ever be judged; give at most that"],
            PrunedSweep.Of("median", 4, ("warmup_images", "300")).Faults().Select(f => f.ToString()));
    }

    /// <summary>With the first two experiments through: one other is too few to judge by.</summary>
    private static PrunedSweep Play(Func<SweepDefinition, SweepDefinition>? change = null, params (string, string)[] options)
    {
        SweepDefinition definition = PrunedSweep.Of("median", 8, [("warmup_experiments", "2"), .. options]);
        PrunedSweep sweep = new(change?.Invoke(definition) ?? definition);
        Assert.Equal("goes on", sweep.At(1, 100, 0.5));
        Assert.Equal("goes on", sweep.At(1, 200, 0.4));
        sweep.End(1, 0.4);
        Assert.Equal("goes on", sweep.At(2, 100, 0.7));
        Assert.Equal("goes on", sweep.At(2, 200, 0.5));
        sweep.End(2, 0.5);
        return sweep;
    }
}
