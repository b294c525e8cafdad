namespace CatGan.Abstractions.Grains;

/// <summary>One slot on one device of one silo: the mailbox between the pool and the worker. Key: silo/device/slot.</summary>
[Alias("catgan.IGpuWorkerGrain")]
public interface IGpuWorkerGrain : IGrainWithStringKey
{
    /// <summary>Gives the slot an experiment.</summary>
    /// <returns>False when it is busy with another or its worker is not there.</returns>
    [Alias("Assign")]
    Task<bool> Assign(Assignment assignment);

    /// <summary>The worker asks for work and waits a while for it.</summary>
    /// <returns>The assignment; null when there was none for a while: ask again.</returns>
    [Alias("Pull")]
    Task<Assignment?> Pull(CancellationToken cancellationToken);

    /// <summary>The worker has done with its assignment.</summary>
    /// <param name="assignment">Id of the grant.</param>
    /// <param name="breaker">The slot's circuit breaker now; null while nothing has failed on it.</param>
    [Alias("Complete")]
    Task Complete(Guid assignment, SlotBreaker? breaker);
}
