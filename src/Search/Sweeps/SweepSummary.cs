using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CatGan.Search;

/// <summary>What a list shows of a sweep, small enough to be read for a thousand sweeps at once.</summary>
public sealed record SweepSummary
{
    /// <summary>Most different values of a parameter that it lists.</summary>
    private const int MostValues = 32;

    /// <summary>Id of the sweep.</summary>
    public required string Sweep { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Its note; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>Words to find it by.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Number of the marker that the sweep had: of two summaries, the one with the higher number is the later.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Marker { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required SweepStage Stage { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it came to its end; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Experiments in all.</summary>
    public required int Experiments { get; init; }

    /// <summary>Experiments that have an outcome.</summary>
    public required int Ended { get; init; }

    /// <summary>Images shown, all experiments together.</summary>
    public required long Images { get; init; }

    /// <summary>What experiments are compared by.</summary>
    public required string Metric { get; init; }

    /// <summary>The best full score; null before the first.</summary>
    public double? Best { get; init; }

    /// <summary>Values of each parameter in the spec: those of a choice, both ends of a range; at most 32 of each.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Values { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The summary of a sweep as it is now. Costs the same for any number of experiments.</summary>
    public static SweepSummary Of(string id, Sweep sweep) => new()
    {
        Sweep = id,
        Name = sweep.Definition.Name,
        Note = sweep.Definition.Note,
        Tags = sweep.Definition.Tags,
        Marker = sweep.Marker,
        Stage = sweep.Stage,
        SubmittedAt = sweep.SubmittedAt,
        EndedAt = sweep.EndedAt,
        Experiments = sweep.Total,
        Ended = sweep.EndedCount,
        Images = sweep.Images,
        Metric = sweep.Definition.Objective.Metric,
        Best = sweep.Best?.BestScore,
        Values = ValuesOf(sweep.Definition),
    };

    /// <summary>The summary as UTF-8 JSON.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, SweepJson.Options);

    /// <summary>The summary that <see cref="Write"/> wrote.</summary>
    /// <exception cref="SweepFormatException">The bytes are none.</exception>
    public static SweepSummary Read(ReadOnlySpan<byte> json) => SweepJson.Read<SweepSummary>(json, "summary of a sweep");

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> ValuesOf(SweepDefinition definition) => definition.Space.Parameters
        .SelectMany(p => p.Extremes().Select(v => (p.Name, Value: v)))
        .Concat(definition.Also.SelectMany(a => a.Select(s => (Name: s.Key, s.Value))))
        .Distinct().GroupBy(v => v.Name)
        .ToImmutableSortedDictionary(g => g.Key, g => g.Select(v => v.Value).Take(MostValues).ToImmutableArray());
}
