using System.Reflection;
using System.Runtime.InteropServices;
using CatGan.Training.Native;
using TorchSharp;

namespace CatGan.Training;

/// <summary>What a training ran on: with the same versions, kernels and processor type the same weights come out.</summary>
public static class TrainingVersions
{
    /// <summary>One line for logs and reports: CatGan, TorchSharp, libtorch, .NET, the processor's architecture, and who computes convolutions on it.</summary>
    /// <exception cref="UnsoundMachineException">Nobody computes them right.</exception>
    public static string Words => $"{Versions}, {Convolutions.Kernels}";

    private static string Versions { get; } = string.Join(
        ", ",
        $"CatGan {Of(typeof(TrainingVersions).Assembly)}",
        $"TorchSharp {Of(typeof(torch).Assembly)}",
        $"libtorch {torch.__version__}",
        RuntimeInformation.FrameworkDescription,
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}");

    // Without the commit that some builds append.
    private static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
