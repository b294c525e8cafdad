using System.Collections.Immutable;

namespace CatGan.Abstractions.Grains;

/// <summary>
/// Which slots there are and who has them. Its state is soft: after a fresh activation the workers' claims tell it,
/// and it grants nothing for one lease period. Key: 0.
/// </summary>
[Alias("catgan.IDevicePoolGrain")]
public interface IDevicePoolGrain : IGrainWithIntegerKey
{
    /// <summary>Puts an experiment in the queue for a slot, first come first served over all sweeps. Idempotent.</summary>
    [Alias("Request")]
    Task Request(string sweep, int experiment);

    /// <summary>Takes an experiment out of the queue, and says whether a worker has it.</summary>
    [Alias("Withdraw")]
    Task<Holding> Withdraw(string sweep, int experiment);

    /// <summary>A silo's sign of life: its slots and what they work on. Renews the leases it claims.</summary>
    [Alias("Beat")]
    Task<BeatAnswer> Beat(WorkerBeat beat);

    /// <summary>A slot has done with its assignment.</summary>
    [Alias("Freed")]
    Task Freed(string slot, Guid assignment);

    /// <summary>A silo leaves: no more grants to it.</summary>
    [Alias("Leave")]
    Task Leave(string silo);

    /// <summary>Slots that work now; waits until a fresh pool has heard its workers.</summary>
    [Alias("GetCapacity")]
    Task<int> GetCapacity(CancellationToken cancellationToken);
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
[GenerateSerializer, Immutable, Alias("catgan.Assignment")]
public sealed record Assignment(Guid Id, string Sweep, int Experiment, string Slot);

/// <summary>A slot and what it works on.</summary>
/// <param name="Slot">Key of the GPU worker: silo/device/slot.</param>
/// <param name="Claim">Its assignment; null when it is free.</param>
[GenerateSerializer, Immutable, Alias("catgan.SlotClaim")]
public sealed record SlotClaim(string Slot, Assignment? Claim);

/// <summary>A silo's sign of life.</summary>
/// <param name="Silo">Name of the silo, different after each start.</param>
/// <param name="Slots">All its slots.</param>
[GenerateSerializer, Immutable, Alias("catgan.WorkerBeat")]
public sealed record WorkerBeat(string Silo, ImmutableArray<SlotClaim> Slots);

/// <summary>Answer to a sign of life.</summary>
/// <param name="Refused">Claims that are not renewed: their runs must stop.</param>
[GenerateSerializer, Immutable, Alias("catgan.BeatAnswer")]
public sealed record BeatAnswer(ImmutableArray<Guid> Refused);
