using System.Text.Json;
using System.Text.Json.Serialization;

namespace CatGan.Search;

/// <summary>A configuration is a JSON object of strings.</summary>
internal sealed class ConfigurationConverter : JsonConverter<Configuration>
{
    public override Configuration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options) ?? throw new JsonException("A configuration must be an object of strings."));

    public override void Write(Utf8JsonWriter writer, Configuration value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string name, string text) in value)
            writer.WriteString(name, text);
        writer.WriteEndObject();
    }
}
