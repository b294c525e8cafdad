using CatGan.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Variants;

/// <summary>
/// Arjovsky et al. 2017, algorithm 1: every trainable number of the critic, batch-norm's too, is clamped after each step.
/// </summary>
/// <param name="bound">Largest magnitude.</param>
internal sealed class WeightClipping(double bound) : IConstraint
{
    public bool NeedsMix => false;

    public Tensor? Penalty(Network critic, Tensor real, Tensor fake, Tensor? mix) => null;

    public void AfterStep(Network critic)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using Scalar low = -bound;
        using Scalar high = bound;
        critic.Weights.clamp_(low, high);
    }

    public double? FractionAtBound(Network critic)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using Scalar almost = bound * (1 - 1e-6);
        return critic.Weights.abs().ge(almost).to(ScalarType.Float32).mean().item<float>();
    }
}
