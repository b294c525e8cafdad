using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>The connection of one command: made once, closed at its end.</summary>
internal sealed class OwnSilos(Surroundings surroundings, string storeUri, IBlobStore store, SiloWishes wishes) : ISilos
{
    private ICluster? cluster;

    /// <inheritdoc/>
    public async Task<ICluster?> FindAsync(CancellationToken cancellationToken) =>
        cluster ??= await surroundings.Door(surroundings).FindAsync(store, cancellationToken);

    /// <inheritdoc/>
    public async Task<ICluster> JoinAsync(CancellationToken cancellationToken) =>
        cluster ??= await surroundings.Door(surroundings).JoinAsync(StoreOpener.Absolute(surroundings, storeUri), store, wishes, cancellationToken);

    /// <inheritdoc/>
    public async Task<T> TellAsync<T>(Func<ICluster, Task<T>> tell, CancellationToken cancellationToken) => await tell(await JoinAsync(cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}
