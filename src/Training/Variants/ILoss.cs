using TorchSharp;

namespace CatGan.Training.Variants;

/// <summary>
/// What the two networks play for; one of a variant's five parts. The discriminator minimises
/// <see cref="Real"/> + <see cref="Fake"/> (+ a penalty), the generator <see cref="Wanted"/>. Scores are D's answers, [N, 1, 1, 1].
/// </summary>
internal interface ILoss
{
    /// <summary>True where the discriminator ends in a sigmoid.</summary>
    bool Sigmoid { get; }

    /// <summary>True where one batch of fakes serves the last discriminator update and the generator's.</summary>
    bool SharesFakes { get; }

    /// <summary>The discriminator's loss on real pictures, a scalar.</summary>
    torch.Tensor Real(torch.Tensor scores);

    /// <summary>The discriminator's loss on fakes, a scalar.</summary>
    torch.Tensor Fake(torch.Tensor scores);

    /// <summary>The generator's loss on its fakes, a scalar.</summary>
    torch.Tensor Wanted(torch.Tensor scores);
}
