using CatGan.Abstractions;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>What the silo says of a sweep that runs: one question for all who want to know within a second.</summary>
internal sealed class LiveStatus(string id, ClusterLink link, TimeProvider time)
{
    /// <summary>Most running experiments that are told of.</summary>
    public const int MostRunning = 1000;

    private readonly SharedQuestion<SweepStatus> question = new(
        () => link.AskAsync(cluster => cluster.Sweep(id).GetStatus(new(0, MostRunning, LiveOnly: true), CancellationToken.None), CancellationToken.None), time);

    /// <summary>The silo's status with the experiments that run now; null when no silo answers in time or knows the sweep.</summary>
    /// <param name="maxAge">How old it may be.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<SweepStatus?> GetAsync(TimeSpan maxAge, CancellationToken cancellationToken) => question.GetAsync(maxAge, cancellationToken);
}
