using System.Runtime.InteropServices;
using CatGan.Abstractions.Experiments;

namespace CatGan.Training.Steps;

/// <summary>Recognises that a device's memory did not suffice, and says what would.</summary>
internal static class MemoryExhaustion
{
    /// <summary>True for libtorch's errors of the CUDA and the CPU allocator.</summary>
    public static bool Is(Exception exception) =>
        exception is OutOfMemoryException
        || (exception is ExternalException && (Says(exception, "out of memory") || Says(exception, "can't allocate memory")));

    /// <summary>What to change, for a person.</summary>
    public static string Advice(ExperimentOptions options, TrainingDevice device) =>
        $"{device.Name} ran out of memory with batch {options.Batch}, hidden_g {options.HiddenG} and hidden_d {options.HiddenD} at size {options.Size}. "
        + $"Try batch {Math.Max(2, options.Batch / 2)}, or hidden {Math.Max(1, Math.Max(options.HiddenG, options.HiddenD) / 2)}, or fewer slots on this device.";

    private static bool Says(Exception exception, string words) => exception.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
