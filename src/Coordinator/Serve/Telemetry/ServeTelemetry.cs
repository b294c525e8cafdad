using CatGan.Abstractions.Telemetry;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Serve.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CatGan.Coordinator.Serve.Telemetry;

/// <summary>
/// OpenTelemetry of the server: its requests, by OTLP where OpenTelemetry's variables name an endpoint, and
/// <c>GET /metrics</c> for Prometheus behind the same sign-in as everything else. What its connection to silos tells is
/// <see cref="ClientTelemetry"/>'s; the two have no source in common.
/// </summary>
internal static class ServeTelemetry
{
    /// <summary>What Prometheus fetches.</summary>
    public const string Path = "/metrics";

    /// <summary>Adds it.</summary>
    /// <exception cref="App.UserException">A variable of OpenTelemetry says nothing that could be followed.</exception>
    public static void Add(WebApplicationBuilder builder) => ClientTelemetry.Following(() =>
    {
        // OpenTelemetry reads its variables from the host's configuration, which has none.
        builder.Configuration.AddInMemoryCollection(OtlpSignal.Variables());
        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(ClientTelemetry.Describe);
        OtlpSignal? metrics = OtlpExport.Signal(OtlpSignal.Metrics);
        telemetry.WithMetrics(m => AddMetrics(m, metrics));
        if (OtlpExport.Signal(OtlpSignal.Traces) is { } traces)
            telemetry.WithTracing(t => t.AddAspNetCoreInstrumentation(o => o.Filter = IsTold).AddOtlpExporter(o => OtlpExport.Send(o, traces)));
        if (OtlpExport.Signal(OtlpSignal.Logs) is { } logs)
            telemetry.WithLogging(l => l.AddOtlpExporter(o => OtlpExport.Send(o, logs)), o => o.IncludeFormattedMessage = true);
    });

    /// <summary>Adds its address.</summary>
    public static void Map(WebApplication app) => app.MapPrometheusScrapingEndpoint(Path).RequireAuthorization(Roles.Viewer).ExcludeFromDescription();

    private static void AddMetrics(MeterProviderBuilder metrics, OtlpSignal? sent)
    {
        metrics.AddAspNetCoreInstrumentation().AddMeter("System.Runtime").AddPrometheusExporter(o => o.ScopeInfoEnabled = false);
        if (sent is not null)
            metrics.AddOtlpExporter(o => OtlpExport.Send(o, sent));
    }

    // Prometheus and the files of pages say nothing of a sweep.
    private static bool IsTold(HttpContext context) => context.Request.Path != Path && !System.IO.Path.HasExtension(context.Request.Path);
}
