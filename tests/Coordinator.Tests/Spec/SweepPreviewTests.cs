using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Spec;
using CsCheck;

namespace CatGan.Coordinator.Tests.Spec;

public class SweepPreviewTests
{
    [Theory]
    [InlineData("dcgan", 64_000, 1000)]
    [InlineData("wgan-gp", 64_000, 200)]
    [InlineData("wgan", 160_000, 25)]
    public void Updates_Presets_MatchTheirCriticSteps(string preset, long images, long expected) =>
        Assert.Equal(expected, SweepPreview.Updates(Presets.Find(preset)!, images));

    [Fact]
    public void Updates_AnyWarmup_EqualsCountingOneByOne() =>
        Gen.Select(Gen.Int[0, 1200], Gen.Int[1, 7], Gen.Long[1, 3_000_000]).Sample((warmup, critic, images) =>
        {
            ExperimentOptions options = Presets.Find("wgan")! with { Warmup = warmup, NCritic = critic };
            return SweepPreview.Updates(options, images) == Count(options, images);
        }, iter: 300);

    private static long Count(ExperimentOptions options, long images)
    {
        long updates = 0;
        for (long shown = 0; shown < images; updates++)
            shown += options.Batch * (options.Warmup > 0 && (updates < options.Warmup || updates % 500 == 0) ? 100L : options.NCritic);
        return updates;
    }
}
