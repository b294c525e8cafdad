using CatGan.Abstractions.Experiments;

namespace CatGan.Bench;

/// <summary>The sizes that speed is measured at.</summary>
internal sealed record Sizes(string Name, int Side, int Hidden, int Batch)
{
    public static Sizes Large { get; } = new("64x64 h64 b64", 64, 64, 64);

    public static Sizes Small { get; } = new("32x32 h16 b64", 32, 16, 64);

    /// <summary>A preset at this size, without the critic's warm-up.</summary>
    public ExperimentOptions Of(ExperimentOptions preset) => preset with { Size = Side, HiddenG = Hidden, HiddenD = Hidden, Batch = Batch, Warmup = 0 };
}
