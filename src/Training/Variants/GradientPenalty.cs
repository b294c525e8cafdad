using CatGan.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Variants;

/// <summary>
/// Gulrajani et al. 2017, algorithm 1: weight · mean (|∇D(x)|₂ − 1)² at random points x = u real + (1 − u) fake.
/// </summary>
/// <param name="weight">λ of the paper.</param>
internal sealed class GradientPenalty(double weight) : IConstraint
{
    public bool NeedsMix => true;

    public Tensor? Penalty(Network critic, Tensor real, Tensor fake, Tensor? mix)
    {
        using DisposeScope scope = NewDisposeScope();
        using Scalar minusOne = -1;
        using Scalar one = 1;
        using Scalar scale = weight;
        Tensor between = mix!.mul(real).add_(mix.neg().add_(one).mul(fake)).requires_grad_(true); // [N, 3, S, S]
        Tensor scores = critic.Forward(between, ForwardMode.Train);                               // [N, 1, 1, 1]
        // retain_graph must be said: TorchSharp does not take it from create_graph.
        Tensor gradient = autograd.grad([scores], [between], [ones_like(scores)], retain_graph: true, create_graph: true)[0];
        Tensor norm = gradient.flatten(1).norm(1);                                                // [N]
        return scope.MoveToOuter(norm.add(minusOne).square().mean().mul(scale));
    }

    public void AfterStep(Network critic)
    {
    }

    public double? FractionAtBound(Network critic) => null;
}
