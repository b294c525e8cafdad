using CatGan.Abstractions;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>What the silo says of a sweep that runs: one question for all who want to know within a second.</summary>
internal sealed class LiveStatus(string id, ClusterLink link, TimeProvider time) : IDisposable
{
    /// <summary>Most running experiments that are told of.</summary>
    public const int MostRunning = 1000;

    private readonly SemaphoreSlim gate = new(1);
    private Seen? seen;

    /// <summary>The silo's status with the experiments that run now; null when no silo answers or knows the sweep.</summary>
    /// <param name="maxAge">How old it may be.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<SweepStatus?> GetAsync(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        if (seen is { } known && time.GetElapsedTime(known.At) < maxAge)
            return known.Status;
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (seen is { } meanwhile && time.GetElapsedTime(meanwhile.At) < maxAge)
                return meanwhile.Status;
            long at = time.GetTimestamp();
            StatusRequest request = new(0, MostRunning, LiveOnly: true);
            seen = new(at, await link.AskAsync(cluster => cluster.Sweep(id).GetStatus(request, cancellationToken), cancellationToken));
            return seen.Status;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private sealed record Seen(long At, SweepStatus? Status);
}
