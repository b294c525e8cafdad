using static TorchSharp.torch;

namespace CatGan.Training.Variants;

/// <summary>
/// Goodfellow et al. 2014: D minimises −log D(x) − log(1 − D(G(z))), G the non-saturating −log D(G(z)) (section 3).
/// Logarithms stop at −100, as PyTorch's BCELoss has it.
/// </summary>
internal sealed class BinaryCrossEntropyLoss : ILoss
{
    public bool Sigmoid => true;

    public bool SharesFakes => true;

    public Tensor Real(Tensor scores) => nn.functional.binary_cross_entropy(scores, ones_like(scores));

    public Tensor Fake(Tensor scores) => nn.functional.binary_cross_entropy(scores, zeros_like(scores));

    public Tensor Wanted(Tensor scores) => Real(scores);
}
