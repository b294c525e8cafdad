using System.Net;
using OpenTelemetry.Exporter;

namespace CatGan.Silo.Telemetry;

/// <summary>
/// <c>GET /metrics</c> for Prometheus, on the port of the health probes. That port listens on all addresses, because a
/// probe comes by the pod's; metrics are for this machine alone unless <c>--metrics all</c> says otherwise.
/// </summary>
internal static class MetricsEndpoint
{
    /// <summary>Answers whoever asks from this machine.</summary>
    public const string Loopback = "loopback";

    /// <summary>Answers everybody.</summary>
    public const string All = "all";

    /// <summary>Answers nobody.</summary>
    public const string Off = "off";

    /// <summary>The path.</summary>
    public const string Path = "/metrics";

    /// <summary>What the option may say.</summary>
    public static IReadOnlyList<string> Choices { get; } = [Loopback, All, Off];

    /// <summary>Sets the exporter's listener up beside the one of the health probes.</summary>
    public static void Configure(PrometheusHttpListenerOptions exporter, SiloOptions options)
    {
        (exporter.Port, exporter.ScrapeEndpointPath) = (options.HealthPort!.Value, Path);
        // One name for the meter would be on every series.
        exporter.ScopeInfoEnabled = false;
        exporter.ConfigureHttpListener = (_, listener) =>
        {
            // Two listeners share a port when they name the same addresses.
            listener.Prefixes.Clear();
            listener.Prefixes.Add($"http://+:{options.HealthPort}{Path}/");
            // "None" would let everybody in: the listener takes it for "nothing to ask". What it asks for of a stranger here, nobody can give.
            if (options.Metrics == Loopback)
                listener.AuthenticationSchemeSelectorDelegate = request => request.IsLocal ? AuthenticationSchemes.Anonymous : AuthenticationSchemes.Negotiate;
        };
    }
}
