using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>How the API writes and reads JSON: as <c>--json</c> of the command line does. What has no value is left out.</summary>
internal static class ApiJson
{
    /// <summary>Sets the options.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectRequiredConstructorParameters = true;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 32;
        // Never part of a page: always JSON by its type, which no browser guesses otherwise.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    /// <summary>The same options for whoever is no endpoint.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>For clients: a server may be newer and say more.</summary>
    public static JsonSerializerOptions Reading { get; } = new(Make()) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, RespectRequiredConstructorParameters = false };

    private static JsonSerializerOptions Make()
    {
        JsonSerializerOptions options = new();
        Configure(options);
        return options;
    }
}
