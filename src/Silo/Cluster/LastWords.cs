using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace CatGan.Silo.Cluster;

/// <summary>
/// Sends by OTLP what still waits for its batch, for a silo that leaves without an ordinary end: the line that says why
/// is among it. Whoever cannot be reached is not waited for.
/// </summary>
internal sealed class LastWords(IServiceProvider services)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    /// <summary>Sends them. Does nothing where nothing goes out by OTLP.</summary>
    public void Send() => Task.WhenAny(
        Task.Delay(Within, TimeProvider.System),
        Task.WhenAll(Task.Run(() => services.GetService<LoggerProvider>()?.ForceFlush()), Task.Run(() => services.GetService<TracerProvider>()?.ForceFlush()))).Wait();
}
