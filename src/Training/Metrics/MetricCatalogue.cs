namespace CatGan.Training.Metrics;

/// <summary>Every metric that an experiment is scored with.</summary>
internal static class MetricCatalogue
{
    /// <summary>All metrics, the usual objective first.</summary>
    public static IReadOnlyList<IMetric> All { get; } =
    [
        new SlicedWasserstein(),
        new StructuralSimilarity(),
    ];
}
