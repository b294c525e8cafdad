using CatGan.Abstractions.Experiments;
using CatGan.Training.Verdicts;

namespace CatGan.Training.Variants;

/// <summary>Mao et al. 2016.</summary>
internal sealed class Lsgan : IVariantFamily
{
    public Variant Variant => Variant.Lsgan;

    public GanVariant Create(ExperimentOptions options) => new(
        new LeastSquaresLoss(options.LabelFake, options.LabelReal, options.LabelWanted),
        new NoConstraint(),
        CommonParts.Optimizer(options),
        new CriticSteps(options.NCritic, Warmup: 0),
        CommonParts.Normalisation(options),
        CommonParts.Normalisation(options),
        [new DiscriminatorWon(), new Collapsed()]);
}
