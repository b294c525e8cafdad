using CatGan.Abstractions.Experiments;
using CatGan.Training.Steps;
using static TorchSharp.torch;

namespace CatGan.Training.Data;

/// <summary>
/// Pictures, z and u of a training, all from one generator on the CPU: the same numbers whatever the device, and one
/// state to keep in a checkpoint.
/// </summary>
internal sealed class TrainingInputs(PictureBatches batches, ExperimentOptions options, Generator chance, Device device) : IStepInputs
{
    public Tensor Real() => batches.Next(chance);

    public Tensor Z() => randn(options.Batch, options.Z, 1, 1, generator: chance).to(device);

    public Tensor Mix() => rand(options.Batch, 1, 1, 1, generator: chance).to(device);
}
