using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CatGan.Abstractions.Experiments;

/// <summary>
/// One report of an experiment: a line of <c>curve-{epoch}.jsonl</c>. Everything but <see cref="Seconds"/> and
/// <see cref="ImagesPerSecond"/> depends on configuration and seed alone. Numbers that are not finite, as a diverged
/// loss is, are the strings <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>.
/// </summary>
[GenerateSerializer, Immutable, JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record CurvePoint
{
    /// <summary>Real pictures shown to the discriminator so far.</summary>
    [Id(0), JsonPropertyName("images")] public required long Images { get; init; }

    /// <summary>Generator updates so far.</summary>
    [Id(1), JsonPropertyName("updates")] public required long Updates { get; init; }

    /// <summary>Training time so far in seconds, attempts added up.</summary>
    [Id(2), JsonPropertyName("seconds")] public double Seconds { get; init; }

    /// <summary>Images a second since the report before.</summary>
    [Id(3), JsonPropertyName("images_per_second")] public double ImagesPerSecond { get; init; }

    /// <summary>Mean discriminator loss since the report before.</summary>
    [Id(4), JsonPropertyName("loss_d")] public double? LossD { get; init; }

    /// <summary>Mean generator loss since the report before.</summary>
    [Id(5), JsonPropertyName("loss_g")] public double? LossG { get; init; }

    /// <summary>Scores by metric name, such as <c>swd</c> and <c>ms_ssim</c>; empty between scores.</summary>
    [Id(6), JsonPropertyName("scores")] public ImmutableSortedDictionary<string, Score> Scores { get; init; } = ImmutableSortedDictionary<string, Score>.Empty;

    /// <summary>True for the full score of a rung or the end.</summary>
    [Id(7), JsonPropertyName("full")] public bool Full { get; init; }

    /// <summary>Flags raised up to this point, such as <c>stuck</c> or <c>collapsed</c>, each with the reason it was first raised for.</summary>
    [Id(8), JsonPropertyName("flags")] public ImmutableSortedDictionary<string, string> Flags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>One metric's value with what is needed to read it.</summary>
/// <param name="Value">The score of the averaged generator.</param>
/// <param name="Floor">The same measure of real pictures against real ones, at the same counts.</param>
/// <param name="Spread">Standard deviation over the repeats that the value is the mean of.</param>
/// <param name="Pictures">Pictures of each set (pairs, for a metric of pairs).</param>
/// <param name="Patches">Patches a picture and level; 0 for a metric without patches.</param>
[GenerateSerializer, Immutable, JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record Score(
    [property: JsonPropertyName("value")] double Value,
    [property: JsonPropertyName("floor")] double Floor,
    [property: JsonPropertyName("spread")] double Spread,
    [property: JsonPropertyName("pictures")] int Pictures,
    [property: JsonPropertyName("patches")] int Patches)
{
    /// <summary>Values of a metric's parts, such as SWD's pyramid levels, highest resolution first.</summary>
    [Id(0), JsonPropertyName("parts")] public ImmutableArray<double> Parts { get; init; } = [];
}
