using TorchSharp;

namespace CatGan.Training;

/// <summary>The devices of this machine: its CUDA devices with one slot each, or else the CPU with a slot a core.</summary>
/// <remarks>The CUDA side is written from TorchSharp's documentation and has not been run on a GPU yet.</remarks>
public sealed class TrainingDevices : ITrainingDevices
{
    /// <inheritdoc/>
    public IReadOnlyList<TrainingDevice> List() => Detect();

    /// <summary>The devices of this machine, best first; at least one.</summary>
    public static IReadOnlyList<TrainingDevice> Detect()
    {
        if (!torch.cuda.is_available())
            return [TrainingDevice.Cpu(Environment.ProcessorCount)];
        return [.. Enumerable.Range(0, torch.cuda.device_count()).Select(Cuda)];
    }

    /// <summary>
    /// The device that a person names: <c>cpu</c>, <c>cuda</c> (the first) or <c>cuda:N</c>.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such device; the message lists those there are.</exception>
    public static TrainingDevice Find(string name)
    {
        if (name == "cpu")
            return TrainingDevice.Cpu(Environment.ProcessorCount);
        IReadOnlyList<TrainingDevice> devices = Detect();
        return devices.FirstOrDefault(d => d.Name == name || (name == "cuda" && d.IsCuda))
            ?? throw new ArgumentException(
                $"device is {name}, but must be one of {string.Join(", ", devices.Select(d => d.Name).Append("cpu").Distinct())}"
                + (name.StartsWith("cuda", StringComparison.Ordinal) ? "; for a GPU build with -p:TorchBackend=cuda" : ""));
    }

    private static TrainingDevice Cuda(int index) =>
        new($"cuda:{index}", $"cuda:{index}", Slots: 1, Threads: 1, $"CUDA device {index}");
}
