using TorchSharp;

namespace CatGan.Training.Optimizers;

/// <summary>Moves a network's weights along their gradients. Its state is a few flat tensors and a step count.</summary>
internal interface IOptimizer : IDisposable
{
    /// <summary>The state's tensors by PyTorch's names, each as long as the flat weights; restored by writing into them.</summary>
    IReadOnlyList<(string Name, torch.Tensor Tensor)> State { get; }

    /// <summary>Steps made.</summary>
    long Steps { get; set; }

    /// <summary>One step with the gradients as they are.</summary>
    /// <param name="rate">Learning rate of this step.</param>
    void Step(double rate);
}
