using System.Net.Sockets;
using CatGan.Silo.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;

namespace CatGan.Silo.Health;

/// <summary>
/// Answers probes, and Prometheus, over plain HTTP on a port of its own. It is a host of its own that stands before
/// Orleans among the hosted services, so that it answers while the silo still joins and until it has left. Kestrel and
/// not the runtime's <see cref="System.Net.HttpListener"/>, whose start fails when a caller is there already, as a
/// kubelet is.
/// </summary>
internal sealed class HealthEndpoint(SiloOptions options, HealthState state, MeterProvider? meters = null) : IHostedService, IAsyncDisposable
{
    private const long LongestBody = 1024;
    private WebApplication? _server;

    /// <exception cref="ArgumentException">Nothing can listen on the port.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        // Signals are the silo's affair, not this server's.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            // Any address: a probe comes by the pod's, a person through a forwarded port.
            kestrel.ListenAnyIP(options.HealthPort!.Value);
        });
        _server = builder.Build();
        if (meters is not null && options.Metrics != MetricsEndpoint.Off)
            MetricsEndpoint.Map(_server, meters, options.Metrics);
        _server.Run(AnswerAsync);
        try
        {
            await _server.StartAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            throw new ArgumentException(
                $"--health-port is {options.HealthPort}, but nothing can listen there: {fault.InnerException?.Message ?? fault.Message}. Name a free port.", fault);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task AnswerAsync(HttpContext context)
    {
        HealthAnswer? answer = HttpMethods.IsGet(context.Request.Method) ? state.Answer(context.Request.Path.Value ?? "") : null;
        context.Response.StatusCode = answer switch
        {
            { Well: true } => StatusCodes.Status200OK,
            { Well: false } => StatusCodes.Status503ServiceUnavailable,
            null => StatusCodes.Status404NotFound,
        };
        return WriteAsync(context, answer?.Words ?? $"Ask GET {string.Join(", ", HealthState.Paths)}.");
    }

    /// <summary>Answers with a line of plain text.</summary>
    internal static Task WriteAsync(HttpContext context, string words)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(words + "\n", context.RequestAborted);
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
