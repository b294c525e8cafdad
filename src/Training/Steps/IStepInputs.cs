using TorchSharp;

namespace CatGan.Training.Steps;

/// <summary>
/// What a train step eats, asked for in the order of use: chance and data in training, recorded tensors in a replay.
/// All tensors are float32 on the model's device and belong to the caller's dispose scope.
/// </summary>
internal interface IStepInputs
{
    /// <summary>The next batch of real pictures, [N, 3, S, S] in [-1, 1].</summary>
    torch.Tensor Real();

    /// <summary>The next batch of generator inputs, [N, Z, 1, 1].</summary>
    torch.Tensor Z();

    /// <summary>The next u of the gradient penalty, [N, 1, 1, 1] in [0, 1).</summary>
    torch.Tensor Mix();
}
