namespace CatGan.Abstractions.Experiments;

/// <summary>The metrics that a spec can name as its objective. Training has one implementation of each; a test holds the two lists equal.</summary>
public static class MetricNames
{
    /// <summary>All metrics, the usual objective first.</summary>
    public static IReadOnlyList<MetricName> All { get; } =
    [
        new("swd", Minimize: true),
        new("ms_ssim", Minimize: true),
    ];
}

/// <summary>A metric as specs know it.</summary>
/// <param name="Name">Its name in specs, curves and reports.</param>
/// <param name="Minimize">True when smaller is better, unless a spec says otherwise.</param>
public sealed record MetricName(string Name, bool Minimize);
