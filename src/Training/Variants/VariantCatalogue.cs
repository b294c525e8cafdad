using CatGan.Abstractions.Experiments;

namespace CatGan.Training.Variants;

/// <summary>Every family of GAN there is.</summary>
internal static class VariantCatalogue
{
    /// <summary>In the order of their papers.</summary>
    public static IReadOnlyList<IVariantFamily> All { get; } = [new Dcgan(), new Lsgan(), new Wgan(), new WganGp()];

    /// <summary>The parts that these options call for.</summary>
    public static GanVariant Create(ExperimentOptions options) =>
        (All.FirstOrDefault(f => f.Variant == options.Variant)
            ?? throw new ArgumentException($"variant is {options.Variant}, but must be one of {string.Join(", ", All.Select(f => f.Variant))}"))
        .Create(options);
}
