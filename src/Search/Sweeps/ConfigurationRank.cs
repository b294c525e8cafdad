using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>What became of one configuration over its repeats.</summary>
public sealed record ConfigurationRank
{
    /// <summary>Its place from 1, best first; null unless <see cref="Standing"/> is <see cref="RankStanding.Ranked"/>.</summary>
    public required int? Place { get; init; }

    /// <summary>Whether it can be compared.</summary>
    public required RankStanding Standing { get; init; }

    /// <summary>Why it cannot be compared, experiment by experiment; null when it can.</summary>
    public required string? Reason { get; init; }

    /// <summary>Which configuration, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Its settings.</summary>
    public required Configuration Configuration { get; init; }

    /// <summary>Numbers of its experiments, a repeat each.</summary>
    public required ImmutableArray<int> Experiments { get; init; }

    /// <summary>Best objective of each experiment that has one, in the order of the repeats.</summary>
    public required ImmutableArray<double> Scores { get; init; }

    /// <summary>Mean of <see cref="Scores"/>; null when there is none.</summary>
    public required double? Mean { get; init; }

    /// <summary>Standard deviation of <see cref="Scores"/> (of a sample, n - 1); null for fewer than two.</summary>
    public required double? Spread { get; init; }
}

/// <summary>Whether a configuration can be compared with others.</summary>
public enum RankStanding
{
    /// <summary>Every repeat ended with a score.</summary>
    Ranked,

    /// <summary>Some repeat has not ended yet.</summary>
    Incomplete,

    /// <summary>Some repeat ended without a result to compare: diverged, failed, out of memory, cancelled, or without any score.</summary>
    Failed,
}
