using CatGan.Abstractions.Experiments;
using CatGan.Training.Networks;
using CatGan.Training.Verdicts;

namespace CatGan.Training.Variants;

/// <summary>Gulrajani et al. 2017. The critic has no batch-norm: the penalty is one of each picture alone (section 4).</summary>
internal sealed class WganGp : IVariantFamily
{
    public Variant Variant => Variant.WganGp;

    public GanVariant Create(ExperimentOptions options) => new(
        new WassersteinLoss(),
        new GradientPenalty(options.Penalty),
        CommonParts.Optimizer(options),
        new CriticSteps(options.NCritic, options.Warmup),
        CommonParts.Normalisation(options),
        options.Selu ? Normalisation.Selu : Normalisation.None,
        [new CriticSilent(), new Collapsed()]);
}
