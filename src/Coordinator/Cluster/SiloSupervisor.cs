using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Cluster;

/// <summary>
/// Keeps a silo running: one that ends otherwise than asked is started again, at once the first time and after a wait
/// that doubles up to <see cref="LongestWait"/> when it does not last. What it trained goes on from its checkpoints,
/// here or on another silo.
/// </summary>
/// <param name="surroundings">Clock, and where to tell of it.</param>
/// <param name="run">Starts a silo; completes with its exit code when it has ended.</param>
/// <param name="restart">False to end with the silo.</param>
internal sealed class SiloSupervisor(Surroundings surroundings, Func<CancellationToken, Task<int>> run, bool restart)
{
    /// <summary>The silo's own code for a command line that no restart mends.</summary>
    public const int SiloUsage = 2;

    /// <summary>Wait before the second start in a row.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>The wait that it grows to.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>A silo that lasted so long has its waits forgotten.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    /// <summary>Runs silos until one ends as it was asked to.</summary>
    /// <param name="asked">Cancelled when the silo shall end and no other start.</param>
    /// <returns>The exit code of the last one.</returns>
    public async Task<int> RunAsync(CancellationToken asked)
    {
        TimeSpan wait = TimeSpan.Zero;
        while (true)
        {
            long started = surroundings.Time.GetTimestamp();
            int code = await run(asked);
            if (code is ExitCode.Done or SiloUsage || !restart || asked.IsCancellationRequested)
                return code;
            if (surroundings.Time.GetElapsedTime(started) >= Lasting)
                wait = TimeSpan.Zero;
            surroundings.Error.WriteLine($"the silo ended with {Words(code)}; it is started again{(wait > TimeSpan.Zero ? $" in {wait.TotalSeconds:0} s" : "")}");
            await Task.Delay(wait, surroundings.Time, asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (asked.IsCancellationRequested)
                return code;
            wait = wait == TimeSpan.Zero ? FirstWait : wait * 2 > LongestWait ? LongestWait : wait * 2;
        }
    }

    private static string Words(int code) => code switch
    {
        4 => "code 4 (something that it needs does not answer)",
        5 => "code 5 (the cluster went on without it)",
        > 128 and < 192 => $"code {code} (signal {code - 128})",
        _ => $"code {code}",
    };
}
