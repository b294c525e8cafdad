using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Variants;

/// <summary>
/// Mao et al. 2016, equation 2: D minimises ½(D(x) − b)² + ½(D(G(z)) − a)², G ½(D(G(z)) − c)², as means over the batch.
/// </summary>
/// <param name="fake">a, D's target for fakes.</param>
/// <param name="real">b, D's target for reals.</param>
/// <param name="wanted">c, G's target for its fakes.</param>
internal sealed class LeastSquaresLoss(double fake, double real, double wanted) : ILoss
{
    public bool Sigmoid => false;

    public bool SharesFakes => true;

    public Tensor Real(Tensor scores) => HalfSquare(scores, real);

    public Tensor Fake(Tensor scores) => HalfSquare(scores, fake);

    public Tensor Wanted(Tensor scores) => HalfSquare(scores, wanted);

    private static Tensor HalfSquare(Tensor scores, double target)
    {
        using Scalar negative = -target;
        using Scalar half = 0.5;
        return scores.add(negative).square().mean().mul(half);
    }
}
