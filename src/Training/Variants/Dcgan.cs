using CatGan.Abstractions.Experiments;
using CatGan.Training.Verdicts;

namespace CatGan.Training.Variants;

/// <summary>Radford et al. 2015 (with SELU in place of batch-norm: Klambauer et al. 2017).</summary>
internal sealed class Dcgan : IVariantFamily
{
    public Variant Variant => Variant.Dcgan;

    public GanVariant Create(ExperimentOptions options) => new(
        new BinaryCrossEntropyLoss(),
        new NoConstraint(),
        CommonParts.Optimizer(options),
        new CriticSteps(options.NCritic, Warmup: 0),
        CommonParts.Normalisation(options),
        CommonParts.Normalisation(options),
        [new DiscriminatorWon(), new Collapsed()]);
}
