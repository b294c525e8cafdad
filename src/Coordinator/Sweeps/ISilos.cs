using CatGan.Coordinator.Cluster;

namespace CatGan.Coordinator.Sweeps;

/// <summary>The connection to the silos of a store, made when it is first needed.</summary>
internal interface ISilos : IAsyncDisposable
{
    /// <summary>The connection; null when no silo answers.</summary>
    Task<ICluster?> FindAsync(CancellationToken cancellationToken);

    /// <summary>The connection, to a silo that is started where none runs and the store's silo is a local one.</summary>
    /// <exception cref="App.UserException">No silo could be reached.</exception>
    Task<ICluster> JoinAsync(CancellationToken cancellationToken);

    /// <summary>Tells the silos something over that connection.</summary>
    Task<T> TellAsync<T>(Func<ICluster, Task<T>> tell, CancellationToken cancellationToken);
}
