using System.Collections.Immutable;

namespace CatGan.Coordinator.Results;

/// <summary>One configuration with all its repeats, in the ranking of a sweep.</summary>
internal sealed record ConfigurationRank
{
    /// <summary>Place from 1; null while a repeat has not ended, or when one gave nothing to compare.</summary>
    public required int? Rank { get; init; }

    /// <summary>Index of the configuration in the sweep.</summary>
    public required int Configuration { get; init; }

    /// <summary>Its repeats, in the order of their numbers.</summary>
    public required ImmutableArray<ExperimentRecord> Experiments { get; init; }

    /// <summary>Why it has no place; empty when it has one.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Mean of the best objective of each repeat that has one; null when none has.</summary>
    public required double? Mean { get; init; }

    /// <summary>Sample standard deviation over the repeats; null with fewer than two.</summary>
    public required double? Spread { get; init; }

    /// <summary>Repeats that <see cref="Mean"/> is made of.</summary>
    public required int Scored { get; init; }

    /// <summary>Mean floor: the same measure of real pictures against real ones; null when no repeat has a score.</summary>
    public required double? Floor { get; init; }

    /// <summary>Mean over <see cref="Floor"/>: 1 would be as good as real pictures; null where it means nothing.</summary>
    public double? TimesFloor => Mean is { } mean && Floor is > 0 and { } floor ? mean / floor : null;

    /// <summary>Mean of the latest quick scores of its repeats, while none of them has a full one; null when there is none.</summary>
    public double? Interim { get; init; }

    /// <summary>Mean floor of the scores that <see cref="Interim"/> is made of.</summary>
    public double? InterimFloor { get; init; }

    /// <summary>What it can be compared by: <see cref="Mean"/>, else <see cref="Interim"/>.</summary>
    public double? Shown => Mean ?? Interim;

    /// <summary>The floor of <see cref="Shown"/>.</summary>
    public double? ShownFloor => Mean is null ? InterimFloor : Floor;

    /// <summary><see cref="Shown"/> over its own floor.</summary>
    public double? ShownTimesFloor => Shown is { } shown && ShownFloor is > 0 and { } floor ? shown / floor : null;

    /// <summary>Pictures that the score of its best repeat looked at; 0 when that is not known.</summary>
    public int Pictures => (Best.Best ?? Best.Interim)?.Score.Pictures ?? 0;

    /// <summary>True when what is known of it is not the last word: it has a score, and a repeat that has not ended.</summary>
    public bool IsInterim => Shown is not null && Experiments.Any(e => e.Outcome is null);

    /// <summary>How far the pictures of its best repeat are from real ones.</summary>
    public Likeness Likeness => Best.Likeness;

    /// <summary>The repeat with the best score, else the one that got furthest.</summary>
    public required ExperimentRecord Best { get; init; }
}
