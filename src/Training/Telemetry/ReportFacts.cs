namespace CatGan.Training.Telemetry;

/// <summary>What one report tells telemetry, since the report before.</summary>
internal readonly record struct ReportFacts
{
    public required string Variant { get; init; }

    public required long Images { get; init; }

    public required long Updates { get; init; }

    public required long Steps { get; init; }

    /// <summary>Time of the steps without their waits for data.</summary>
    public required TimeSpan Compute { get; init; }

    public required TimeSpan Data { get; init; }

    /// <summary>Time of this report and of the sample grids since the one before.</summary>
    public required TimeSpan Reporting { get; init; }

    public double? LossD { get; init; }

    public double? LossG { get; init; }

    public double? NormD { get; init; }

    public double? NormG { get; init; }

    /// <summary>Values by metric.</summary>
    public required IReadOnlyList<(string Metric, double Value)> Scores { get; init; }

    public required bool Full { get; init; }

    /// <summary>Flags that this report raised.</summary>
    public required IReadOnlyList<string> Raised { get; init; }
}
