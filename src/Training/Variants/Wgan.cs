using CatGan.Abstractions.Experiments;
using CatGan.Training.Verdicts;

namespace CatGan.Training.Variants;

/// <summary>Arjovsky et al. 2017.</summary>
internal sealed class Wgan : IVariantFamily
{
    public Variant Variant => Variant.Wgan;

    public GanVariant Create(ExperimentOptions options) => new(
        new WassersteinLoss(),
        new WeightClipping(options.Clip),
        CommonParts.Optimizer(options),
        new CriticSteps(options.NCritic, options.Warmup),
        CommonParts.Normalisation(options),
        CommonParts.Normalisation(options),
        [new CriticAtBound(), new CriticSilent(), new Collapsed()]);
}
