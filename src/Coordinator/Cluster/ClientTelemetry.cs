using CatGan.Abstractions.Telemetry;
using CatGan.Coordinator.App;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
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
        Following(() =>
        {
            if (OtlpSignal.Any(Environment.GetEnvironmentVariable))
                host.ConfigureAppConfiguration(c => c.AddInMemoryCollection(OtlpSignal.Variables())).ConfigureServices(Add);
        });
        return host;
    }

    /// <summary>Who sends: this program, and what the variables say of it.</summary>
    public static void Describe(ResourceBuilder resource) => resource.AddService(Service).AddEnvironmentVariableDetector();

    /// <summary>Does what depends on OpenTelemetry's variables.</summary>
    /// <exception cref="UserException">A variable says nothing that could be followed.</exception>
    public static void Following(Action setUp)
    {
        try
        {
            setUp();
        }
        catch (ArgumentException fault)
        {
            throw new UserException(ExitCode.BadInput, fault.Message, "correct the variable, or unset it to send nothing");
        }
    }

    /// <summary>Carries the trace of the caller to the silos.</summary>
    public static void AddTraces(IClientBuilder client)
    {
        if (OtlpExport.Signal(OtlpSignal.Traces) is not null)
            client.AddActivityPropagation();
    }

    private static void Add(IServiceCollection services)
    {
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry().ConfigureResource(Describe);
        if (OtlpExport.Signal(OtlpSignal.Metrics) is { } metrics)
            telemetry.WithMetrics(m => m.AddMeter(TelemetryNames.CatGan, Orleans).AddOtlpExporter(o => OtlpExport.Send(o, metrics)));
        if (OtlpExport.Signal(OtlpSignal.Traces) is { } traces)
            telemetry.WithTracing(t => OtlpExport.Add(t, traces));
        if (OtlpExport.Signal(OtlpSignal.Logs) is { } logs)
        {
            services.AddLogging(l => l.AddFilter("Orleans", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning));
            telemetry.WithLogging(l => l.AddOtlpExporter(o => OtlpExport.Send(o, logs)), o => o.IncludeFormattedMessage = true);
        }
    }
}
