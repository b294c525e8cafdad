using CatGan.Abstractions.Experiments;
using CatGan.Training.Steps;
using CatGan.Training.Variants;
using CsCheck;

namespace CatGan.Training.Tests.Steps;

public sealed class LawsTests
{
    private static readonly ExperimentOptions s_options = Presets.Find("dcgan")! with { EmaHalfLife = 10_000, EmaRampup = 0.05 };

    [Theory]
    [InlineData(1_000_000, 10_000, 0.5)] // past the ramp: one half-life
    [InlineData(1_000_000, 20_000, 0.25)]
    [InlineData(1_000, 50, 0.5)] // ramp: the half-life is 5 % of the images seen
    public void Keep_HalfLife_Halves(long images, long passed, double expected) =>
        Assert.Equal(expected, MovingAverage.Keep(s_options, images, passed), 12);

    [Fact]
    public void Keep_NoHalfLife_IsTheGeneratorItself() =>
        Assert.Equal(0, MovingAverage.Keep(s_options with { EmaHalfLife = 0 }, 1_000, 64));

    [Theory]
    [InlineData(LearningRateSchedule.Constant, 1, 1, 1)]
    [InlineData(LearningRateSchedule.Linear, 1, 0.5, 0)]
    [InlineData(LearningRateSchedule.Cosine, 1, 0.5, 0)]
    public void Factor_StartMiddleEnd_FollowsTheSchedule(LearningRateSchedule schedule, double start, double middle, double end)
    {
        Assert.Equal(start, LearningRate.Factor(schedule, 0, 1_000), 12);
        Assert.Equal(middle, LearningRate.Factor(schedule, 500, 1_000), 12);
        Assert.Equal(end, LearningRate.Factor(schedule, 1_000, 1_000), 12);
        Assert.Equal(end, LearningRate.Factor(schedule, 1_100, 1_000), 12);
    }

    [Theory]
    [InlineData(25, 0, 100)]
    [InlineData(25, 24, 100)]
    [InlineData(25, 25, 5)]
    [InlineData(25, 499, 5)]
    [InlineData(25, 500, 100)]
    [InlineData(0, 0, 5)]
    [InlineData(0, 500, 5)]
    public void Before_Warmup_IsThePublishedCodes(int warmup, long update, int expected) =>
        Assert.Equal(expected, new CriticSteps(5, warmup).Before(update));

    [Fact]
    public void Crossed_AnyWalk_HearsEveryMultipleOnce() =>
        Gen.Select(Gen.Long[1, 50], Gen.Long[1, 70], Gen.Int[1, 100]).Sample((step, every, steps) =>
        {
            int heard = Enumerable.Range(0, steps).Count(i => TrainingRun.Crossed(i * step, (i + 1) * step, every));
            long multiples = steps * step / every;
            return step <= every ? heard == multiples : heard <= multiples;
        });
}
