using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>What became of one experiment that trained undisturbed to its end.</summary>
/// <param name="ConfigurationIndex">Which configuration of its sweep, from 0.</param>
/// <param name="Repeat">Which repeat of the configuration, from 0.</param>
/// <param name="Label">What tells its configuration from others, for people.</param>
/// <param name="Rungs">Full scores before the end, by rising images.</param>
/// <param name="End">The end, of more images than any rung.</param>
public sealed record RecordedCurve(int ConfigurationIndex, int Repeat, string Label, ImmutableArray<RecordedScore> Rungs, RecordedEnd End)
{
    /// <summary>The best objective of all its full scores; null when it has none.</summary>
    public double? Best(Objective objective) => Rungs.Select(r => r.Score).Append(End.Score)
        .Aggregate((double?)null, (best, score) => score is { } value && objective.IsBetter(value, best) ? value : best);
}

/// <summary>A full score at a rung.</summary>
/// <param name="Images">The rung, or the first end of an iteration past it.</param>
/// <param name="Seconds">Training time up to it.</param>
/// <param name="Score">The objective; null when it could not be told.</param>
public sealed record RecordedScore(long Images, double Seconds, double? Score);

/// <summary>The end of an experiment.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Images">Images shown.</param>
/// <param name="Seconds">Training time.</param>
/// <param name="Score">The objective of the full score at the end; null when there is none.</param>
public sealed record RecordedEnd(ExperimentOutcome Outcome, long Images, double Seconds, double? Score);
