using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Remote;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Chooses how a command reaches sweeps.</summary>
internal static class Desks
{
    /// <summary>By the server that the command line names, else by the store and its silos.</summary>
    public static ISweepDesk Open(Surroundings surroundings, string storeUri, SiloWishes wishes)
    {
        if (surroundings.Server is { } server)
            return new ServerDesk(server, surroundings);
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        return new StoreDesk(surroundings, store, new OwnSilos(surroundings, storeUri, store, wishes));
    }
}
