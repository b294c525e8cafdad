using CatGan.Abstractions.Experiments;
using CatGan.Training.Networks;
using CatGan.Training.Optimizers;
using CatGan.Training.Verdicts;

namespace CatGan.Training.Variants;

/// <summary>A GAN as an object of five parts, and what to watch it for.</summary>
/// <param name="Loss">What the networks play for.</param>
/// <param name="Constraint">What keeps the discriminator in bounds.</param>
/// <param name="Optimizer">Makes the optimizer of a network.</param>
/// <param name="CriticSteps">Discriminator updates for each of the generator's.</param>
/// <param name="GeneratorNormalisation">Normalisation of the generator.</param>
/// <param name="DiscriminatorNormalisation">Normalisation of the discriminator.</param>
/// <param name="Verdicts">Predicates that raise flags.</param>
internal sealed record GanVariant(
    ILoss Loss,
    IConstraint Constraint,
    Func<Network, IOptimizer> Optimizer,
    CriticSteps CriticSteps,
    Normalisation GeneratorNormalisation,
    Normalisation DiscriminatorNormalisation,
    IReadOnlyList<IVerdict> Verdicts)
{
    /// <summary>The generator's layers.</summary>
    public IReadOnlyList<ILayer> Generator(ExperimentOptions options) => Architecture.Generator(options, GeneratorNormalisation);

    /// <summary>The discriminator's layers.</summary>
    public IReadOnlyList<ILayer> Discriminator(ExperimentOptions options) =>
        Architecture.Discriminator(options, DiscriminatorNormalisation, Loss.Sigmoid);
}
