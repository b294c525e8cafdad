using CatGan.Training.Networks;
using TorchSharp;

namespace CatGan.Training.Variants;

/// <summary>What keeps a discriminator in bounds; one of a variant's five parts.</summary>
internal interface IConstraint
{
    /// <summary>True where <see cref="Penalty"/> wants a mix.</summary>
    bool NeedsMix { get; }

    /// <summary>Added to the discriminator's loss; null for none.</summary>
    /// <param name="critic">The discriminator.</param>
    /// <param name="real">[N, 3, S, S].</param>
    /// <param name="fake">[N, 3, S, S], without a graph.</param>
    /// <param name="mix">u of x = u real + (1 − u) fake, [N, 1, 1, 1]; null where it is not needed.</param>
    torch.Tensor? Penalty(Network critic, torch.Tensor real, torch.Tensor fake, torch.Tensor? mix);

    /// <summary>Called after every step of the discriminator's optimizer.</summary>
    void AfterStep(Network critic);

    /// <summary>Fraction of the critic's weights that sit at a bound; null where there is no bound.</summary>
    double? FractionAtBound(Network critic);
}
