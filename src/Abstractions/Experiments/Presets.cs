namespace CatGan.Abstractions.Experiments;

/// <summary>The configurations of the 2017 comparison by name. Each setting can be overridden.</summary>
public static class Presets
{
    /// <summary>All presets in the order of the comparison.</summary>
    public static IReadOnlyList<ExperimentOptions> All { get; } =
    [
        new() { Preset = "dcgan", Variant = Variant.Dcgan, LrD = 5e-5, LrG = 2e-4 },
        new() { Preset = "dcgan-selu", Variant = Variant.Dcgan, Selu = true, Size = 128, HiddenG = 64, HiddenD = 64, LrD = 5e-5, LrG = 2e-4 },
        new() { Preset = "lsgan", Variant = Variant.Lsgan, LrD = 1e-4, LrG = 1e-4 },
        new()
        {
            Preset = "wgan", Variant = Variant.Wgan, HiddenG = 64, HiddenD = 64, Optimizer = OptimizerKind.RmsProp,
            LrD = 5e-5, LrG = 5e-5, NCritic = 5, Warmup = 25,
        },
        new() { Preset = "wgan-gp", Variant = Variant.WganGp, LrD = 1e-4, LrG = 1e-4, Beta1 = 0, Beta2 = 0.9, NCritic = 5 },
    ];

    /// <summary>The preset of this name; null when there is none.</summary>
    public static ExperimentOptions? Find(string name) => All.FirstOrDefault(p => p.Preset == name);
}
