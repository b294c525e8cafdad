using CatGan.Silo.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Metrics;

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

    /// <summary>Answers at <see cref="Path"/> of the server of the health probes.</summary>
    /// <param name="server">That server.</param>
    /// <param name="meters">What is measured, with an exporter for Prometheus.</param>
    /// <param name="whom"><see cref="Loopback"/> or <see cref="All"/>.</param>
    public static void Map(IApplicationBuilder server, MeterProvider meters, string whom) => server.UseOpenTelemetryPrometheusScrapingEndpoint(
        meters, predicate: null, Path, configureBranchedPipeline: branch => branch.Use((context, next) => whom == All || IsLocal(context.Connection) ? next(context) : RefuseAsync(context)), optionsName: null);

    // Another address of this machine is a stranger's too: in a pod, the proxy beside it comes by one.
    private static bool IsLocal(ConnectionInfo connection) => connection.RemoteIpAddress is { } caller && caller.Equals(connection.LocalIpAddress);

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return HealthEndpoint.WriteAsync(context, "Metrics are for this machine alone; a silo with --metrics all answers others too.");
    }
}
