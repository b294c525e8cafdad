namespace CatGan.Search.Pruners;

/// <summary>All pruners. A new one is a file beside this one and a line here.</summary>
internal static class PrunerCatalogue
{
    public static IReadOnlyList<IPruner> All { get; } =
    [
        new Patience(),
    ];

    /// <summary>The first reason to stop the experiment; null when every pruner lets it go on.</summary>
    public static string? Verdict(SweepDefinition definition, Experiment experiment) =>
        All.Select(p => p.Verdict(definition, experiment)).FirstOrDefault(reason => reason is not null);
}
