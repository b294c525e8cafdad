using TorchSharp;

namespace CatGan.Training.Networks;

/// <summary>
/// One module of an <c>nn.Sequential</c>: says which tensors it needs, is given views of the network's flat storage,
/// and computes. Holds no state of its own.
/// </summary>
internal interface ILayer
{
    /// <summary>Trainable tensors by PyTorch's names, such as <c>weight</c>.</summary>
    IReadOnlyList<(string Name, long[] Shape)> Weights => [];

    /// <summary>Batch-norm statistics by PyTorch's names.</summary>
    IReadOnlyList<(string Name, long[] Shape)> Statistics => [];

    /// <summary>Hands over the views, in the order asked for.</summary>
    void Bind(IReadOnlyList<torch.Tensor> weights, IReadOnlyList<torch.Tensor> statistics)
    {
    }

    /// <summary>Sets fresh weights, drawing from <paramref name="chance"/> alone, which lives on the CPU: the same weights on every device.</summary>
    void Initialize(torch.Generator chance)
    {
    }

    /// <summary>Computes; may overwrite its input where autograd allows it.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="mode">How batch-norm behaves.</param>
    torch.Tensor Forward(torch.Tensor x, ForwardMode mode);
}

/// <summary>How batch-norm takes its statistics.</summary>
/// <param name="Training">From the batch, moving the running ones; else from the running ones.</param>
/// <param name="Momentum">Weight of the batch's statistics in the running ones.</param>
internal readonly record struct ForwardMode(bool Training, double Momentum)
{
    /// <summary>Training, as PyTorch does it by default.</summary>
    public static ForwardMode Train { get; } = new(true, 0.1);

    /// <summary>Generation from the running statistics.</summary>
    public static ForwardMode Generate { get; } = new(false, 0);
}
