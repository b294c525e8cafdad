using System.Text.Json;
using CatGan.Training;

namespace CatGan.Silo;

/// <summary>
/// <c>catgan-silo --probe</c>: whether torch loads here and what it can train on, as one line of JSON for
/// <c>catgan doctor</c>. A process of its own, because a native library that is broken may take its process along.
/// </summary>
internal sealed record Probe(string? Versions, string? Fault, IReadOnlyList<ProbedDevice> Devices)
{
    private static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Looks, and prints what was found.</summary>
    public static int Run(TextWriter output)
    {
        output.WriteLine(JsonSerializer.Serialize(Look(), Json));
        return ExitCodes.Done;
    }

    private static Probe Look()
    {
        try
        {
            return new Probe(TrainingVersions.Words, null, [.. TrainingDevices.Detect().Select(d => new ProbedDevice(d.Name, d.Description, d.Slots))]);
        }
        catch (Exception fault)
        {
            Exception cause = fault;
            while (cause is TypeInitializationException or System.Reflection.TargetInvocationException && cause.InnerException is { } inner)
                cause = inner;
            return new Probe(null, cause.Message, []);
        }
    }
}

/// <summary>A device to train on.</summary>
internal sealed record ProbedDevice(string Name, string Description, int Slots);
