using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace CatGan.Training;

/// <summary>What a training ran on: with the same versions and processor type the same weights come out.</summary>
public static class TrainingVersions
{
    /// <summary>One line for logs and reports: CatGan, TorchSharp, libtorch, .NET and the processor's architecture.</summary>
    public static string Words { get; } = string.Join(
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
