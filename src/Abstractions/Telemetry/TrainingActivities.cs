namespace CatGan.Abstractions.Telemetry;

/// <summary>What a training thread's time goes into, the values of <see cref="TelemetryNames.Activity"/>.</summary>
public static class TrainingActivities
{
    /// <summary>Forward and backward passes, optimizers, averaging.</summary>
    public const string Compute = "compute";

    /// <summary>Getting the next batch of pictures.</summary>
    public const string Data = "data";

    /// <summary>Reports: reading losses, scores and sample grids.</summary>
    public const string Report = "report";

    /// <summary>Copying a checkpoint, and waiting for room where too many wait for the store.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Compute, Data, Report, Checkpoint];
}
