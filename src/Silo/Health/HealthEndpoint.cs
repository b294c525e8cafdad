using System.Net;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CatGan.Silo.Health;

/// <summary>
/// Answers probes over plain HTTP on a port of its own. The runtime's own listener is enough for three fixed answers:
/// ASP.NET would bring its framework, server GC and a larger image along. It stands before Orleans among the hosted
/// services, so that it answers while the silo still joins and until it has left.
/// </summary>
internal sealed class HealthEndpoint(SiloOptions options, HealthState state, ILogger<HealthEndpoint> log) : IHostedService, IDisposable
{
    private readonly HttpListener _listener = new();
    private Task _serving = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Any host name: a probe comes by the pod's address, a person through a forwarded port.
        _listener.Prefixes.Add($"http://+:{options.HealthPort}/");
        try
        {
            _listener.Start();
        }
        catch (HttpListenerException fault)
        {
            throw new ArgumentException($"--health-port is {options.HealthPort}, but nothing can listen there: {fault.Message}. Name a free port.", fault);
        }
        _serving = ServeAsync();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _listener.Close();
        return _serving.WaitAsync(cancellationToken);
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException or IOException)
            {
                // Ours, because the listener was closed, or the caller's, who has gone.
                if (_listener.IsListening)
                    log.LogDebug(fault, "A health probe left before its answer.");
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        HealthAnswer? answer = context.Request.HttpMethod == "GET" ? state.Answer(context.Request.Url?.AbsolutePath ?? "") : null;
        HttpListenerResponse response = context.Response;
        response.StatusCode = (int)(answer switch
        {
            { Well: true } => HttpStatusCode.OK,
            { Well: false } => HttpStatusCode.ServiceUnavailable,
            null => HttpStatusCode.NotFound,
        });
        response.ContentType = "text/plain; charset=utf-8";
        response.KeepAlive = false;
        string words = answer?.Words ?? $"Ask GET {string.Join(", ", HealthState.Paths)}.";
        // Written in the background: a caller that does not read holds up nobody.
        response.Close(Encoding.UTF8.GetBytes(words + "\n"), willBlock: false);
    }
}
