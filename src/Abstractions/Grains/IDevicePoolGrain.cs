using System.Collections.Immutable;

namespace CatGan.Abstractions.Grains;

/// <summary>
/// Which slots there are and who has them. Its state is soft: after a fresh activation the workers' claims tell it,
/// and it grants nothing until it has heard all silos, or for one lease period. Key: 0.
/// </summary>
[Alias("catgan.IDevicePoolGrain")]
public interface IDevicePoolGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Puts an experiment in the queue for a slot: sweeps share by weight, within one it is first come first served.
    /// Idempotent; the newest weight, loneliness and slot to avoid count.
    /// </summary>
    [Alias("Request")]
    Task Request(SlotRequest request);

    /// <summary>Takes an experiment out of the queue, and says whether a worker has it.</summary>
    [Alias("Withdraw")]
    Task<Holding> Withdraw(string sweep, int experiment);

    /// <summary>A silo's sign of life: its slots and what they work on. Renews the leases it claims.</summary>
    [Alias("Beat")]
    Task<BeatAnswer> Beat(WorkerBeat beat);

    /// <summary>A slot has done with its assignment.</summary>
    /// <param name="slot">Key of the GPU worker.</param>
    /// <param name="assignment">Id of the grant.</param>
    /// <param name="breaker">The slot's circuit breaker now; null while nothing has failed on it.</param>
    [Alias("Freed")]
    Task Freed(string slot, Guid assignment, SlotBreaker? breaker);

    /// <summary>A silo leaves: no more grants to it.</summary>
    [Alias("Leave")]
    Task Leave(string silo);

    /// <summary>Slots that work now, those with an open breaker left out; waits until a fresh pool has heard its workers.</summary>
    [Alias("GetCapacity")]
    Task<int> GetCapacity(CancellationToken cancellationToken);

    /// <summary>Silos, slots and what each of them does.</summary>
    [Alias("GetPool")]
    Task<PoolView> GetPool(CancellationToken cancellationToken);
}

/// <summary>Whether a worker has an experiment.</summary>
public enum Holding
{
    /// <summary>The pool is fresh and has not heard all workers yet: ask again later.</summary>
    Unknown,

    /// <summary>A worker has it.</summary>
    Held,

    /// <summary>No worker has it.</summary>
    Free,
}

/// <summary>An experiment given to a slot.</summary>
/// <param name="Id">Id of this grant.</param>
/// <param name="Sweep">Id of the sweep.</param>
/// <param name="Experiment">Number of the experiment.</param>
/// <param name="Slot">Key of the GPU worker: silo/device/slot.</param>
/// <param name="Alone">True when nothing else runs on that silo.</param>
[GenerateSerializer, Immutable, Alias("catgan.Assignment")]
public sealed record Assignment(Guid Id, string Sweep, int Experiment, string Slot, bool Alone = false);

/// <summary>A slot and what it works on.</summary>
/// <param name="Slot">Key of the GPU worker: silo/device/slot.</param>
/// <param name="Claim">Its assignment; null when it is free.</param>
/// <param name="Breaker">Its circuit breaker; null while nothing has failed on it.</param>
[GenerateSerializer, Immutable, Alias("catgan.SlotClaim")]
public sealed record SlotClaim(string Slot, Assignment? Claim, SlotBreaker? Breaker = null);

/// <summary>A silo's sign of life.</summary>
/// <param name="Silo">Name of the silo, different after each start.</param>
/// <param name="Slots">All its slots.</param>
/// <param name="Address">
/// Its address in the cluster, as Orleans writes it: when membership declares that one dead, its slots are taken back at
/// once. Null leaves it to the lease.
/// </param>
[GenerateSerializer, Immutable, Alias("catgan.WorkerBeat")]
public sealed record WorkerBeat(string Silo, ImmutableArray<SlotClaim> Slots, string? Address = null);

/// <summary>Answer to a sign of life.</summary>
/// <param name="Refused">Claims that are not renewed: their runs must stop.</param>
[GenerateSerializer, Immutable, Alias("catgan.BeatAnswer")]
public sealed record BeatAnswer(ImmutableArray<Guid> Refused);
