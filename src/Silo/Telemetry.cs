using CatGan.Grains;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CatGan.Silo;

/// <summary>OpenTelemetry: nothing at all unless OTEL_EXPORTER_OTLP_ENDPOINT says where to send it.</summary>
internal static class Telemetry
{
    public static void Add(IServiceCollection services)
    {
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")))
            return;
        services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("catgan-silo"))
            .WithMetrics(m => m.AddMeter(GrainsSetup.MeterName, "Microsoft.Orleans").AddRuntimeInstrumentation().AddOtlpExporter())
            .WithTracing(t => t
                .AddSource("Microsoft.Orleans.Application", "Microsoft.Orleans.Lifecycle")
                // A span for every grain call halves the throughput.
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(0.01)))
                .AddOtlpExporter());
    }
}
