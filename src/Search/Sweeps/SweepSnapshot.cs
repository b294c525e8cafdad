using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CatGan.Search;

/// <summary>The whole state of a sweep as it lies in a snapshot.</summary>
internal sealed record SweepSnapshot
{
    /// <summary>Version of this format; a reader refuses any other.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    public required SweepDefinition Definition { get; init; }

    /// <summary>The definition as it was submitted; null when it is the present one.</summary>
    public SweepDefinition? Submitted { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it last had something new to show; null in snapshots of earlier versions.</summary>
    public DateTimeOffset? ProgressAt { get; init; }

    public required SweepStage Stage { get; init; }

    public required int Capacity { get; init; }

    public string? CancelReason { get; init; }

    /// <summary>How often a person has extended it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Extensions { get; init; }

    /// <summary>Number of its marker in the store.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Marker { get; init; }

    /// <summary>Number of the newest notice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int LastNotice { get; init; }

    /// <summary>Notices that are still to be delivered; null for none.</summary>
    public ImmutableArray<Notice>? Notices { get; init; }

    /// <summary>Configurations given so far.</summary>
    public required int Given { get; init; }

    /// <summary>State of the chance.</summary>
    public required ulong Random { get; init; }

    /// <summary>What the sampler remembers.</summary>
    public ImmutableArray<int> Memory { get; init; } = [];

    public ImmutableArray<Experiment> Experiments { get; init; } = [];
}
