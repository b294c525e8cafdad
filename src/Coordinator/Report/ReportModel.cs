using CatGan.Coordinator.Report.Charts;
using CatGan.Coordinator.Report.Neighbours;
using CatGan.Coordinator.Report.Pictures;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report;

/// <summary>The pictures of one experiment that the report shows.</summary>
/// <param name="Strip">Its samples over time; null when there are none.</param>
/// <param name="Corner">Some of its samples, sharp, where it scored best; null when there are none or it is not a variant's best.</param>
/// <param name="Large">More of them; null when it is not the best of the sweep.</param>
/// <param name="CornerImages">Images of training when <paramref name="Corner"/> was drawn.</param>
internal sealed record ExperimentPictures(Strip? Strip, Inlined? Corner, Inlined? Large, long CornerImages);

/// <summary>Everything that a report shows, read and computed; rendering it reads no store and no clock.</summary>
internal sealed record ReportModel
{
    /// <summary>The sweep.</summary>
    public required SweepRecord Sweep { get; init; }

    /// <summary>What bounds the report's size.</summary>
    public ReportLimits Limits { get; init; } = new();

    /// <summary>Experiments with curves and samples, in the order they are shown.</summary>
    public required IReadOnlyList<ExperimentRecord> InFull { get; init; }

    /// <summary>Pictures by experiment number.</summary>
    public IReadOnlyDictionary<int, ExperimentPictures> Pictures { get; init; } = new Dictionary<int, ExperimentPictures>();

    /// <summary>Nearest real pictures, one entry a picture size; empty when they were not searched.</summary>
    public IReadOnlyList<NeighbourFindings> Neighbours { get; init; } = [];

    /// <summary>Why they were not searched; empty when they were.</summary>
    public string NeighbourNote { get; init; } = "";

    /// <summary>Names and versions of what made the sweep and the report.</summary>
    public IReadOnlyList<(string Name, string Value)> Versions { get; init; } = [];

    /// <summary>The store's URI, without secrets.</summary>
    public required string Store { get; init; }

    /// <summary>Address of the server that a reader reaches the sweep by; null for the store itself.</summary>
    public string? Server { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Words for configurations.</summary>
    public required ConfigurationLabels Labels { get; init; }

    /// <summary>The best configuration, one without a place only while none has one, one without a full score likewise; null when there is no score.</summary>
    public ConfigurationRank? Best => Sweep.Ranking.FirstOrDefault(c => c.Mean is not null) ?? Sweep.Ranking.FirstOrDefault(c => c.Shown is not null);

    /// <summary>Place of a configuration in the order of the ranking, from 0.</summary>
    public int Order(ConfigurationRank configuration) => Sweep.Ranking.IndexOf(configuration);

    /// <summary>The best configuration of each family that has experiments, in the order of the 2017 comparison.</summary>
    public IReadOnlyList<FamilyResult> Families => field ??= FamilyResult.All(Sweep);
}

/// <summary>A family's experiments and its best configuration.</summary>
/// <param name="Family">The family.</param>
/// <param name="Best">Its best configuration, one with quick scores alone only while none has a full one, or its first when none has a score.</param>
/// <param name="Configurations">All its configurations, best first.</param>
internal sealed record FamilyResult(Family Family, ConfigurationRank Best, IReadOnlyList<ConfigurationRank> Configurations)
{
    /// <summary>Its experiments.</summary>
    public IEnumerable<ExperimentRecord> Experiments => Configurations.SelectMany(c => c.Experiments);

    internal static FamilyResult[] All(SweepRecord sweep) =>
    [
        .. sweep.Ranking.GroupBy(c => Family.Of(c.Best.Options))
            .Select(g => new FamilyResult(g.Key, g.FirstOrDefault(c => c.Mean is not null) ?? g.FirstOrDefault(c => c.Shown is not null) ?? g.First(), [.. g]))
            .OrderBy(f => Order(f.Family)),
    ];

    private static int Order(Family family) => Family.All.ToList().FindIndex(f => f.Class == family.Class);
}
