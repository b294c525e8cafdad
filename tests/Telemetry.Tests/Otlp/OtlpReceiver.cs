using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CatGan.Telemetry.Tests.Otlp;

/// <summary>What a collector is to a silo: takes OTLP over gRPC on one port and over HTTP on another, and keeps it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private const string Grpc = "application/grpc";
    private readonly WebApplication _application;

    private OtlpReceiver(WebApplication application, int grpcPort, int httpPort) =>
        (_application, GrpcEndpoint, HttpEndpoint) = (application, $"http://127.0.0.1:{grpcPort}", $"http://127.0.0.1:{httpPort}");

    public string GrpcEndpoint { get; }

    public string HttpEndpoint { get; }

    public ConcurrentQueue<ReceivedSpan> Spans { get; } = [];

    public ConcurrentQueue<ReceivedLog> Logs { get; } = [];

    public ConcurrentQueue<ReceivedMetric> Metrics { get; } = [];

    /// <summary>Paths that were posted to.</summary>
    public ConcurrentDictionary<string, int> Paths { get; } = [];

    /// <summary>What arrived and could not be read.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>What arrived, in a few lines.</summary>
    public string Tell() => string.Join('\n', [
        .. Paths.Select(p => $"{p.Key}: {p.Value} requests"),
        .. Spans.GroupBy(s => (s.Service, s.Source, s.Name)).Select(g => $"{g.Key}: {g.Count()} spans"),
        $"{Logs.Count} log lines, {Metrics.Select(m => m.Name).Distinct().Count()} metrics",
        .. Faults.Take(3)]);

    public static async Task<OtlpReceiver> StartAsync()
    {
        (int grpc, int http) = (Cluster.Tests.Harness.Ports.Free(), Cluster.Tests.Harness.Ports.Free());
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(grpc, o => o.Protocols = HttpProtocols.Http2);
            kestrel.ListenLocalhost(http, o => o.Protocols = HttpProtocols.Http1);
        });
        OtlpReceiver receiver = new(builder.Build(), grpc, http);
        receiver._application.Run(receiver.TakeAsync);
        await receiver._application.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        bool grpc = context.Request.ContentType?.StartsWith(Grpc, StringComparison.Ordinal) == true;
        string path = context.Request.Path;
        Paths.AddOrUpdate(path, 1, (_, count) => count + 1);
        try
        {
            Keep(path, new Wire(grpc ? Unframed(body.ToArray()) : body.ToArray()));
        }
        catch (Exception unreadable)
        {
            Faults.Enqueue($"{path}: {unreadable}");
        }
        if (!grpc)
        {
            context.Response.ContentType = "application/x-protobuf";
            return;
        }
        // An answer without fields, framed, and gRPC's status after it.
        context.Response.ContentType = Grpc;
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private void Keep(string path, Wire request)
    {
        switch (path)
        {
            case "/v1/traces" or "/opentelemetry.proto.collector.trace.v1.TraceService/Export":
                Received.Spans(request).ToList().ForEach(Spans.Enqueue);
                break;
            case "/v1/logs" or "/opentelemetry.proto.collector.logs.v1.LogsService/Export":
                Received.Logs(request).ToList().ForEach(Logs.Enqueue);
                break;
            case "/v1/metrics" or "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export":
                Received.Metrics(request).ToList().ForEach(Metrics.Enqueue);
                break;
            default:
                throw new InvalidDataException("no such path");
        }
    }

    // A gRPC message: one byte that says whether it is compressed, four of length, and the message.
    private static byte[] Unframed(byte[] body)
    {
        ReadOnlySpan<byte> message = body.AsSpan(5, BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1)));
        if (body[0] == 0)
            return message.ToArray();
        using GZipStream unzip = new(new MemoryStream(message.ToArray()), CompressionMode.Decompress);
        using MemoryStream whole = new();
        unzip.CopyTo(whole);
        return whole.ToArray();
    }
}
