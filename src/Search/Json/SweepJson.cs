using System.Text.Json;
using System.Text.Json.Serialization;

namespace CatGan.Search;

/// <summary>
/// Definitions as JSON: names in snake_case that stay, unknown ones refused, numbers that are not finite as the strings
/// <c>"NaN"</c>, <c>"Infinity"</c>.
/// </summary>
public static class SweepJson
{
    internal static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        AllowOutOfOrderMetadataProperties = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The definition as JSON, one line.</summary>
    public static string Write(SweepDefinition definition) => JsonSerializer.Serialize(definition, Options);

    /// <summary>The definition that <see cref="Write"/> wrote.</summary>
    /// <exception cref="SweepFormatException">The text is none; the message says where and why.</exception>
    public static SweepDefinition Read(string json) => Read<SweepDefinition>(System.Text.Encoding.UTF8.GetBytes(json), "sweep definition");

    /// <summary>An experiment as it lies in a snapshot.</summary>
    internal static byte[] Line(Experiment experiment) => JsonSerializer.SerializeToUtf8Bytes(experiment, Options);

    internal static T Read<T>(ReadOnlySpan<byte> json, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new SweepFormatException($"The {what} is null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new SweepFormatException($"This is no {what} that this version can read: {e.Message}", e);
        }
    }
}
