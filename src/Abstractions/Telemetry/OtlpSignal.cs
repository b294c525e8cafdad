using System.Collections;

namespace CatGan.Abstractions.Telemetry;

/// <summary>
/// Where one signal (traces, metrics, logs) goes by OTLP, as OpenTelemetry's variables say: those of the signal, else the
/// common ones. Everything else that OpenTelemetry's libraries read themselves (OTEL_SERVICE_NAME, OTEL_BSP_… and so on) is theirs.
/// </summary>
/// <param name="Endpoint">The signal's own endpoint, taken as it is; null for the common one.</param>
/// <param name="Protocol">The signal's own protocol; null for the common one.</param>
/// <param name="Headers">The signal's own headers; null for the common ones.</param>
/// <param name="Timeout">The signal's own time limit; null for the common one.</param>
public sealed record OtlpSignal(Uri? Endpoint, string? Protocol, string? Headers, TimeSpan? Timeout)
{
    private const string Exporter = "OTEL_EXPORTER_OTLP_";

    /// <summary>Spans.</summary>
    public const string Traces = "TRACES";

    /// <summary>Measurements.</summary>
    public const string Metrics = "METRICS";

    /// <summary>Log lines.</summary>
    public const string Logs = "LOGS";

    /// <summary>True when the endpoint of any signal is said.</summary>
    public static bool Any(Func<string, string?> variable) => ((string[])[Traces, Metrics, Logs]).Any(s => Of(s, variable) is not null);

    /// <summary>Where a signal goes; null when nobody said that it goes anywhere (by an endpoint, or OTEL_…_EXPORTER=otlp), or somebody said that it does not.</summary>
    /// <param name="signal">One of <see cref="Traces"/>, <see cref="Metrics"/>, <see cref="Logs"/>.</param>
    /// <param name="variable">Environment variables; null where one is not set.</param>
    /// <exception cref="ArgumentException">An endpoint, a protocol or a time limit is none.</exception>
    public static OtlpSignal? Of(string signal, Func<string, string?> variable)
    {
        string? Own(string name) => Set(variable($"{Exporter}{signal}_{name}"));
        if (string.Equals(Set(variable("OTEL_SDK_DISABLED")), "true", StringComparison.OrdinalIgnoreCase))
            return null;
        // A list of exporters, of which this is one. Asked for without an endpoint, it goes where OpenTelemetry says: to this machine.
        bool goes = Set(variable($"OTEL_{signal}_EXPORTER")) is { } exporters
            ? exporters.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.OrdinalIgnoreCase)
            : (Own("ENDPOINT") ?? Set(variable(Exporter + "ENDPOINT"))) is not null;
        if (!goes)
            return null;
        foreach (string name in (string[])[$"{Exporter}{signal}_PROTOCOL", Exporter + "PROTOCOL"])
        {
            if (Set(variable(name)) is { } protocol and not ("grpc" or "http/protobuf"))
                throw new ArgumentException($"{name} is {protocol}, but must be grpc or http/protobuf");
        }
        Check(Exporter + "ENDPOINT", Set(variable(Exporter + "ENDPOINT")));
        return new OtlpSignal(Check($"{Exporter}{signal}_ENDPOINT", Own("ENDPOINT")), Own("PROTOCOL"), Own("HEADERS"), Limit($"{Exporter}{signal}_TIMEOUT", Own("TIMEOUT")));
    }

    /// <summary>OpenTelemetry's variables, for a configuration that has no others: its libraries read them from there.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(v => v.Key is string name && name.StartsWith("OTEL_", StringComparison.Ordinal))
        .Select(v => KeyValuePair.Create((string)v.Key, v.Value as string));

    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static Uri? Check(string name, string? value)
    {
        if (value is null)
            return null;
        return Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && (uri.Scheme is "http" or "https")
            ? uri
            : throw new ArgumentException($"{name} is {value}, but must be an address such as http://localhost:4317");
    }

    private static TimeSpan? Limit(string name, string? value)
    {
        if (value is null)
            return null;
        return int.TryParse(value, out int milliseconds) && milliseconds > 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new ArgumentException($"{name} is {value}, but must be a whole number of milliseconds above 0");
    }
}
