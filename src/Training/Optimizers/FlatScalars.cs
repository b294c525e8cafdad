using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Optimizers;

/// <summary>The numbers that both optimizers use at every step, made once: each is a native object.</summary>
internal sealed class FlatScalars(double first, double second, double epsilon, double weightDecay) : IDisposable
{
    private readonly Scalar? _decay = weightDecay == 0 ? null : (Scalar)weightDecay;

    public Scalar First { get; } = first;

    public Scalar FirstRest { get; } = 1 - first;

    public Scalar Second { get; } = second;

    public Scalar SecondRest { get; } = 1 - second;

    public Scalar Epsilon { get; } = epsilon;

    /// <summary>The gradient of an L2 penalty, as PyTorch's optimizers add it.</summary>
    public void AddDecay(Tensor gradient, Tensor weights)
    {
        if (_decay is not null)
            gradient.add_(weights, _decay);
    }

    public void Dispose()
    {
        foreach (Scalar? scalar in (ReadOnlySpan<Scalar?>)[_decay, First, FirstRest, Second, SecondRest, Epsilon])
            scalar?.Dispose();
    }
}
