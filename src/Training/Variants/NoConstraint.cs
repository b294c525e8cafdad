using CatGan.Training.Networks;
using static TorchSharp.torch;

namespace CatGan.Training.Variants;

/// <summary>A discriminator that may become as steep as it likes.</summary>
internal sealed class NoConstraint : IConstraint
{
    public bool NeedsMix => false;

    public Tensor? Penalty(Network critic, Tensor real, Tensor fake, Tensor? mix) => null;

    public void AfterStep(Network critic)
    {
    }

    public double? FractionAtBound(Network critic) => null;
}
