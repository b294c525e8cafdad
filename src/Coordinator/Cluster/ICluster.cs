using CatGan.Abstractions.Grains;

namespace CatGan.Coordinator.Cluster;

/// <summary>A connection to the silos that work on a store.</summary>
internal interface ICluster : IAsyncDisposable
{
    /// <summary>A sweep by its id.</summary>
    ISweepGrain Sweep(string id);

    /// <summary>The grains themselves, for Orleans' own dashboard; null where there are none.</summary>
    IGrainFactory? Grains => null;

    /// <summary>Jobs that need tensors.</summary>
    IPictureJobGrain Pictures();

    /// <summary>The silos that take part now.</summary>
    Task<IReadOnlyList<SiloView>> SilosAsync(CancellationToken cancellationToken);

    /// <summary>What each slot does; call <see cref="SlotsAsync"/> first, which waits for a fresh pool to know.</summary>
    Task<PoolView> PoolAsync(CancellationToken cancellationToken);

    /// <summary>Slots that work now.</summary>
    Task<int> SlotsAsync(CancellationToken cancellationToken);
}
