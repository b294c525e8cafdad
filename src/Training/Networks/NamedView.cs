using TorchSharp;

namespace CatGan.Training.Networks;

/// <summary>A tensor of a network by PyTorch's name, a view of the network's flat storage.</summary>
/// <param name="Name">Such as <c>3.weight</c>.</param>
/// <param name="Shape">Shape as PyTorch has it.</param>
/// <param name="Tensor">The view.</param>
internal sealed record NamedView(string Name, long[] Shape, torch.Tensor Tensor);
