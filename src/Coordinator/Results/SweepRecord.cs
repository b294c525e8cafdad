using System.Collections.Immutable;
using CatGan.Abstractions;

namespace CatGan.Coordinator.Results;

/// <summary>Everything that is known of a sweep, read from its blobs without a silo: what reports and results are made from.</summary>
internal sealed record SweepRecord
{
    /// <summary>Id of the sweep.</summary>
    public required string Id { get; init; }

    /// <summary>Name as the spec gives it.</summary>
    public required string Name { get; init; }

    /// <summary>Note of the spec; empty when there is none.</summary>
    public string Note { get; init; } = "";

    /// <summary>Tags of the spec.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Data set reference as the spec gives it.</summary>
    public required string Dataset { get; init; }

    /// <summary>Pinned content hash of the data set by picture size.</summary>
    public ImmutableSortedDictionary<int, string> DatasetHashes { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>Metric that the experiments are ranked by.</summary>
    public required string Metric { get; init; }

    /// <summary>True when a smaller value of <see cref="Metric"/> is the better one.</summary>
    public bool Minimize { get; init; } = true;

    /// <summary>Images that one experiment may use.</summary>
    public long BudgetImages { get; init; }

    /// <summary>Training time that one experiment may use; null for no limit.</summary>
    public TimeSpan? BudgetTime { get; init; }

    /// <summary>Name of the sampler.</summary>
    public string Sampler { get; init; } = "";

    /// <summary>Seed of the sweep.</summary>
    public long Seed { get; init; }

    /// <summary>Seeds a configuration is run with.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Where the sweep is in its life.</summary>
    public SweepPhase Phase { get; init; }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When the last thing happened to it.</summary>
    public DateTimeOffset LastEventAt { get; init; }

    /// <summary>The spec as written; empty when its blob is missing.</summary>
    public string Spec { get; init; } = "";

    /// <summary>Experiments in all, those without a number yet included.</summary>
    public int Total { get; init; }

    /// <summary>Every experiment that has a number, in its order.</summary>
    public required ImmutableArray<ExperimentRecord> Experiments { get; init; }

    /// <summary>Configurations, best first by the mean of their repeats' best objective; then those that cannot be compared yet, then those that never will.</summary>
    public ImmutableArray<ConfigurationRank> Ranking { get; init; } = [];

    /// <summary>What could not be read, one sentence each, so that a person can judge what is missing.</summary>
    public ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>The experiment of this number; null when there is none.</summary>
    public ExperimentRecord? Find(int number) => Experiments.FirstOrDefault(e => e.Number == number);
}
