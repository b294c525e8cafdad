using CatGan.Storage;

namespace CatGan.Coordinator.Cluster;

/// <summary>Where commands get their connection from.</summary>
internal interface IClusterDoor
{
    /// <summary>Joins the silo that works on a store, starting one where none answers.</summary>
    /// <param name="storeUri">The store as the person named it, absolute where it is a folder.</param>
    /// <param name="store">The same, opened.</param>
    /// <param name="wishes">What to ask of a silo that is started; one that runs already stays as it is.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="App.UserException">No silo came up; the message holds the tail of its log.</exception>
    Task<ICluster> JoinAsync(string storeUri, IBlobStore store, SiloWishes wishes, CancellationToken cancellationToken);

    /// <summary>How long to look for a silo again after the one that answered is gone.</summary>
    TimeSpan RejoinWithin => TimeSpan.FromSeconds(30);

    /// <summary>Joins the silo that works on a store; null when none answers.</summary>
    Task<ICluster?> FindAsync(IBlobStore store, CancellationToken cancellationToken);
}
