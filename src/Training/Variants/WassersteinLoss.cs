using static TorchSharp.torch;

namespace CatGan.Training.Variants;

/// <summary>
/// Arjovsky et al. 2017, algorithm 1: the critic minimises mean D(G(z)) − mean D(x), an estimate of minus the earth
/// mover's distance as long as the critic is Lipschitz; G minimises −mean D(G(z)).
/// </summary>
internal sealed class WassersteinLoss : ILoss
{
    public bool Sigmoid => false;

    public bool SharesFakes => false;

    public Tensor Real(Tensor scores) => scores.mean().neg();

    public Tensor Fake(Tensor scores) => scores.mean();

    public Tensor Wanted(Tensor scores) => Real(scores);
}
