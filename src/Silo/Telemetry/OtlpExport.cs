using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace CatGan.Abstractions.Telemetry;

/// <summary>
/// How a process sends what OpenTelemetry's variables ask for. The coordinator compiles this file too: the two share no
/// project that may know of exporters.
/// </summary>
internal static class OtlpExport
{
    /// <summary>What the variables ask for of <see cref="OtlpSignal.Traces"/>, metrics or logs; null where they ask for nothing.</summary>
    /// <exception cref="ArgumentException">A variable says nothing that could be followed.</exception>
    public static OtlpSignal? Signal(string signal) => OtlpSignal.Of(signal, Environment.GetEnvironmentVariable);

    /// <summary>Sends spans of CatGan and of Orleans' calls, by default only those below a span of a sweep.</summary>
    public static void Add(TracerProviderBuilder traces, OtlpSignal sent)
    {
        traces.AddSource(TelemetryNames.CatGan, "Microsoft.Orleans.Application", "Microsoft.Orleans.Lifecycle").AddOtlpExporter(o => Send(o, sent));
        // A span for every grain call would halve the throughput.
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("OTEL_TRACES_SAMPLER")))
            traces.SetSampler(new ParentBasedSampler(new AlwaysOffSampler()));
    }

    /// <summary>Sets an exporter as the variables of its signal say, those for all signals included.</summary>
    public static void Send(OtlpExporterOptions options, OtlpSignal signal)
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
