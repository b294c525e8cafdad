using CatGan.Abstractions.Telemetry;
using CatGan.Grains.Workers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CatGan.Silo.Telemetry;

/// <summary>
/// OpenTelemetry of a silo: by OTLP where OpenTelemetry's variables name an endpoint, and for Prometheus to fetch where
/// there is a health port. Nothing at all is set up otherwise, and instruments that nobody listens to cost nothing.
/// </summary>
internal static class SiloTelemetry
{
    private const string Service = "catgan-silo";

    /// <summary>True when spans are sent: Orleans then carries them across silos.</summary>
    public static bool HasTraces => OtlpExport.Signal(OtlpSignal.Traces) is not null;

    public static void Add(IHostApplicationBuilder host, SiloOptions options)
    {
        bool metrics = options is { HealthPort: not null, Metrics: not MetricsEndpoint.Off };
        if (!metrics && !OtlpSignal.Any(Environment.GetEnvironmentVariable))
            return;
        // OpenTelemetry reads its variables from the host's configuration, which has none: settings of CatGan are read apart.
        host.Configuration.AddInMemoryCollection(OtlpSignal.Variables());
        // What the variables say of the resource stands above this.
        OpenTelemetryBuilder telemetry = host.Services.AddOpenTelemetry().ConfigureResource(r => r
            .AddService(Service, autoGenerateServiceInstanceId: false)
            .AddDetector(provider => new SiloDetector(provider.GetRequiredService<WorkerOptions>()))
            .AddEnvironmentVariableDetector());
        OtlpSignal? sent = OtlpExport.Signal(OtlpSignal.Metrics);
        if (metrics || sent is not null)
            telemetry.WithMetrics(m => AddMetrics(m, metrics, sent));
        if (OtlpExport.Signal(OtlpSignal.Traces) is { } traces)
            telemetry.WithTracing(t => OtlpExport.Add(t, traces));
        if (OtlpExport.Signal(OtlpSignal.Logs) is { } logs)
            telemetry.WithLogging(l => l.AddOtlpExporter(o => OtlpExport.Send(o, logs)), o => (o.IncludeFormattedMessage, o.IncludeScopes) = (true, true));
    }

    private static void AddMetrics(MeterProviderBuilder metrics, bool fetched, OtlpSignal? sent)
    {
        metrics.AddMeter(TelemetryNames.CatGan, "Microsoft.Orleans").AddRuntimeInstrumentation();
        // Without the meter's name, which would be on every series.
        if (fetched)
            metrics.AddPrometheusExporter(o => o.ScopeInfoEnabled = false);
        if (sent is not null)
            metrics.AddOtlpExporter(o => OtlpExport.Send(o, sent));
    }

    /// <summary>Silos are told apart by the name that their slots have too.</summary>
    private sealed class SiloDetector(WorkerOptions workers) : IResourceDetector
    {
        public Resource Detect() => new([KeyValuePair.Create<string, object>("service.instance.id", workers.Silo)]);
    }
}
