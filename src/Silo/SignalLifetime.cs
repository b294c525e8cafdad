using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace CatGan.Silo;

/// <summary>
/// Ends the silo cleanly on SIGTERM, SIGINT and SIGQUIT, and within ten seconds: past that it is killed, for a training
/// thread may be deep in native code. All that lasts is whole at any moment, so that nothing is lost by it. Under a
/// supervisor (<c>catgan silo</c>) the end of the standard input is such a signal too: the supervisor asks by it, and a
/// silo whose supervisor was killed does not go on unwatched.
/// </summary>
internal sealed class SignalLifetime(IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    /// <summary>The environment variable by which a supervisor says that it holds the standard input.</summary>
    public const string SupervisedVariable = "CATGAN_SUPERVISED";

    private static readonly TimeSpan KillAfter = TimeSpan.FromSeconds(9.8);
    private readonly List<PosixSignalRegistration> _signals = [];
    private Timer? _watchdog;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        if (Environment.GetEnvironmentVariable(SupervisedVariable) == "1")
            new Thread(WaitForEndOfInput) { IsBackground = true, Name = "supervisor" }.Start();
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
        End();
    }

    private void WaitForEndOfInput()
    {
        using Stream input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
            // Nothing is ever said there.
        }
        End();
    }

    private void End()
    {
        _watchdog ??= new Timer(_ => Kill(), null, KillAfter, Timeout.InfiniteTimeSpan);
        application.StopApplication();
    }

    private static void Kill()
    {
        using Process self = Process.GetCurrentProcess();
        self.Kill();
    }
}
