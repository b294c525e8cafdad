using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace CatGan.Silo;

/// <summary>
/// Ends the silo cleanly on SIGTERM, SIGINT and SIGQUIT, and within ten seconds: past that it is killed, for a training
/// thread may be deep in native code. All that lasts is whole at any moment, so that nothing is lost by it.
/// </summary>
internal sealed class SignalLifetime(IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private static readonly TimeSpan KillAfter = TimeSpan.FromSeconds(9.8);
    private readonly List<PosixSignalRegistration> _signals = [];
    private Timer? _watchdog;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _signals.ForEach(s => s.Dispose());
        _watchdog?.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        _watchdog ??= new Timer(_ => Kill(), null, KillAfter, Timeout.InfiniteTimeSpan);
        application.StopApplication();
    }

    private static void Kill()
    {
        using Process self = Process.GetCurrentProcess();
        self.Kill();
    }
}
