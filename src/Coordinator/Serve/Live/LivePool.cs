using CatGan.Abstractions.Grains;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>The silos and their slots as the pool sees them now, for the API and the pages.</summary>
internal sealed class LivePool(ClusterLink link, TimeProvider time)
{
    private readonly SharedQuestion<PoolView> question = new(() => link.AskAsync(cluster => cluster.PoolAsync(CancellationToken.None)!, CancellationToken.None), time);

    /// <summary>The pool; null when no silo answers in time.</summary>
    public Task<PoolView?> GetAsync(CancellationToken cancellationToken) => question.GetAsync(TimeSpan.Zero, cancellationToken);
}
