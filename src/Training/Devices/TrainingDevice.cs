namespace CatGan.Training;

/// <summary>A device that experiments train on.</summary>
/// <param name="Name">How people and leases name it, such as <c>cpu</c> or <c>cuda:0</c>; unique in a silo.</param>
/// <param name="Torch">The name libtorch knows it by; several devices of a test may all be <c>cpu</c>.</param>
/// <param name="Slots">Experiments that train on it at once unless the silo says otherwise.</param>
/// <param name="Threads">Torch threads of each slot.</param>
/// <param name="Description">One line for a person, such as the model of the GPU's index or the number of cores.</param>
public sealed record TrainingDevice(string Name, string Torch, int Slots, int Threads, string Description)
{
    /// <summary>The CPU as a device: one slot a core with one torch thread each.</summary>
    public static TrainingDevice Cpu(int slots, int threads = 1) =>
        new("cpu", "cpu", slots, threads, $"{Environment.ProcessorCount} cores");

    /// <summary>True for a GPU.</summary>
    public bool IsCuda => Torch.StartsWith("cuda", StringComparison.Ordinal);
}
