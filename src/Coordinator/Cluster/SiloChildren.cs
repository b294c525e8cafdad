using System.Diagnostics;
using System.Runtime.InteropServices;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Cluster;

/// <summary>
/// Silos as children of this process. The pipe to a child's standard input is the leash: when it closes, because this
/// process is asked to end or was killed, the silo hands its work over and ends.
/// </summary>
internal sealed class SiloChildren : IDisposable
{
    private const string Supervised = "CATGAN_SUPERVISED";

    // A silo ends within 10 s; one that is frozen never does.
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(15);

    private readonly Surroundings surroundings;
    private readonly IReadOnlyList<string> arguments;
    private readonly CancellationTokenSource asked;
    private readonly List<PosixSignalRegistration> signals = [];

    /// <summary>Listens to SIGTERM and SIGQUIT from now on; Ctrl-C comes by <see cref="Surroundings.Interrupted"/>.</summary>
    /// <param name="surroundings">Environment that may name the executable.</param>
    /// <param name="arguments">The silo's command line.</param>
    public SiloChildren(Surroundings surroundings, IReadOnlyList<string> arguments)
    {
        (this.surroundings, this.arguments) = (surroundings, arguments);
        asked = CancellationTokenSource.CreateLinkedTokenSource(surroundings.Interrupted);
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP])
            signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    /// <summary>Cancelled when this process is asked to end.</summary>
    public CancellationToken Asked => asked.Token;

    /// <summary>Starts a silo, passes on what it is asked, and completes with its exit code.</summary>
    public async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        string[] command = SiloProcess.Command(surroundings);
        ProcessStartInfo start = new(command[0], [.. command[1..], .. arguments, .. Tls()]) { RedirectStandardInput = true };
        SiloProcess.Tune(start);
        start.Environment[Supervised] = "1";
        // Not on its command line, which every user of the machine may read: it may hold a password.
        start.Environment[Settings.Variable(Settings.Cluster)] = surroundings.Cluster.Address;
        if (surroundings.Cluster.Id is { } id)
            start.Environment[Settings.Variable(Settings.ClusterId)] = id;
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration leash = cancellationToken.Register(() => process.StandardInput.Close());
        Task ended = process.WaitForExitAsync(CancellationToken.None);
        await ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCompleted)
            await ended.WaitAsync(EndWithin, surroundings.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCompleted)
        {
            surroundings.Error.WriteLine($"the silo did not end within {EndWithin.TotalSeconds:0} s and is killed; its experiments go on from their last checkpoints");
            process.Kill();
        }
        await ended;
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        signals.ForEach(s => s.Dispose());
        asked.Dispose();
    }

    private IEnumerable<string> Tls()
    {
        if (surroundings.Cluster.Tls is not { } files)
            return [];
        (string Option, string? File)[] named = [("--tls-cert", files.Certificate), ("--tls-key", files.Key), ("--tls-ca", files.Ca)];
        return named.Where(n => n.File is not null).SelectMany(n => (string[])[n.Option, n.File!]);
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        ThreadPool.QueueUserWorkItem(_ => asked.Cancel());
    }
}
