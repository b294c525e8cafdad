using CatGan.Abstractions.Experiments;
using CatGan.Training.Tests.Runs;
using CatGan.Training.Variants;
using CatGan.Training.Verdicts;

namespace CatGan.Training.Tests.Verdicts;

public sealed class YouthTests
{
    private const int Batch = 64;

    [Theory]
    [InlineData(40, 5, 100)] // too short to tell: never grows up
    [InlineData(300, 1, 150)]
    [InlineData(600, 5, 300)]
    [InlineData(2_000, 5, 1_000)]
    [InlineData(50_000, 5, 1_000)]
    public void Of_Budget_LastsHalfOfTheUpdatesWithinBounds(long updates, int criticSteps, long young)
    {
        Youth youth = Youth.Of(TinyRun.Plan(updates * criticSteps * Batch), Batch, new CriticSteps(criticSteps, Warmup: 0));

        Assert.Equal(young, youth.Updates);
        Assert.True(3 * youth.Updates >= Math.Min(updates, 3_000), "The first third of a short run is young.");
        Assert.Equal(0.1 * updates * criticSteps * Batch, youth.Images);
    }

    [Fact]
    public void Of_Warmup_CountsTheUpdatesThatAreLeft()
    {
        // 25 updates of 100 critic steps, and 295 of 5 but for the one at 500 that is not reached.
        Youth youth = Youth.Of(TinyRun.Plan(((25 * 100) + (295 * 5)) * Batch), Batch, new CriticSteps(5, Warmup: 25));

        Assert.Equal(160, youth.Updates);
    }

    [Fact]
    public void Of_TimeAlone_HasNoShareOfImages()
    {
        Youth youth = Youth.Of(TinyRun.Plan(TrainingPlan.NoLimit), Batch, new CriticSteps(5, Warmup: 25));

        Assert.True(youth.Holds(images: 10_000_000, updates: 999));
        Assert.False(youth.Holds(images: 1, updates: 1_000));
    }
}
