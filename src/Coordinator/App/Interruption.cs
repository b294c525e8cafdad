using System.Runtime.InteropServices;

namespace CatGan.Coordinator.App;

/// <summary>Ctrl-C: the first asks the command to end cleanly, the second leaves at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration registration;

    /// <summary>Starts to listen.</summary>
    public Interruption() => registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);

    /// <summary>Cancelled by the first Ctrl-C.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        registration.Dispose();
        source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (source.IsCancellationRequested)
        {
            // A live table may have hidden the cursor.
            if (!Console.IsOutputRedirected)
                Console.Out.Write("\e[?25h");
            Environment.Exit(ExitCode.Interrupted);
        }
        // Not on the signal's thread: what is cancelled may run for long, and the second signal must come through.
        ThreadPool.QueueUserWorkItem(_ => source.Cancel());
    }
}
