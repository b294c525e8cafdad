using CatGan.Abstractions.Telemetry;
using CatGan.Coordinator.App;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CatGan.Coordinator.Cluster;

/// <summary>
/// What <c>catgan</c> itself sends by OTLP while it is connected to a cluster, where OpenTelemetry's variables name an
/// endpoint: its part of a sweep's trace, its client's metrics, its log. See docs/telemetry.md.
/// </summary>
internal static class ClientTelemetry
{
    private const string Service = "catgan";
    private const string Orleans = "Microsoft.Orleans";

    /// <summary>Sets up what the variables ask for; nothing where they ask for nothing.</summary>
    /// <exception cref="UserException">A variable says nothing that could be followed.</exception>
    public static IHostBuilder AddTelemetry(this IHostBuilder host)
    {
        try
        {
            return OtlpSignal.Any(Environment.GetEnvironmentVariable)
                ? host.ConfigureAppConfiguration(c => c.AddInMemoryCollection(OtlpSignal.Variables())).ConfigureServices(Add)
                : host;
        }
        catch (ArgumentException fault)
        {
            throw new UserException(ExitCode.BadInput, fault.Message, "correct the variable, or unset it to send nothing");
        }
    }

    /// <summary>Carries the trace of the caller to the silos.</summary>
    public static void AddTraces(IClientBuilder client)
    {
        if (Signal(OtlpSignal.Traces) is not null)
            client.AddActivityPropagation();
    }

    private static void Add(IServiceCollection services)
    {
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry().ConfigureResource(r => r.AddService(Service).AddEnvironmentVariableDetector());
        if (Signal(OtlpSignal.Metrics) is { } metrics)
            telemetry.WithMetrics(m => m.AddMeter(TelemetryNames.CatGan, Orleans).AddOtlpExporter(o => Send(o, metrics)));
        if (Signal(OtlpSignal.Traces) is { } traces)
            telemetry.WithTracing(t => AddTraces(t, traces));
        if (Signal(OtlpSignal.Logs) is { } logs)
        {
            services.AddLogging(l => l.AddFilter("Orleans", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning));
            telemetry.WithLogging(l => l.AddOtlpExporter(o => Send(o, logs)), o => o.IncludeFormattedMessage = true);
        }
    }

    private static void AddTraces(TracerProviderBuilder traces, OtlpSignal sent)
    {
        traces.AddSource(TelemetryNames.CatGan, "Microsoft.Orleans.Application").AddOtlpExporter(o => Send(o, sent));
        // As on silos: calls are taken below spans of a sweep.
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("OTEL_TRACES_SAMPLER")))
            traces.SetSampler(new ParentBasedSampler(new AlwaysOffSampler()));
    }

    private static OtlpSignal? Signal(string signal) => OtlpSignal.Of(signal, Environment.GetEnvironmentVariable);

    private static void Send(OtlpExporterOptions options, OtlpSignal signal)
    {
        if (signal.Protocol is { } protocol)
            options.Protocol = protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Headers = signal.Headers ?? options.Headers;
        options.TimeoutMilliseconds = (int?)signal.Timeout?.TotalMilliseconds ?? options.TimeoutMilliseconds;
        // Said at all, it is taken as it is; the common one gets the signal's path.
        if (signal.Endpoint is not null)
            options.Endpoint = signal.Endpoint;
    }
}
