using System.Collections.Immutable;

namespace CatGan.Abstractions.Grains;

/// <summary>What the pool knows: who is there, what each slot does, who waits.</summary>
/// <param name="Open">False while a fresh pool waits for its workers' claims; it grants nothing meanwhile.</param>
/// <param name="Silos">The silos that show signs of life, by name.</param>
/// <param name="Sweeps">The sweeps that hold slots or wait for some, by id.</param>
[GenerateSerializer, Immutable, Alias("catgan.PoolView")]
public sealed record PoolView(bool Open, ImmutableArray<SiloSlots> Silos, ImmutableArray<ShareView> Sweeps);

/// <summary>A silo, as the pool sees it.</summary>
[GenerateSerializer, Immutable, Alias("catgan.SiloSlots")]
public sealed record SiloSlots
{
    /// <summary>Its name: another one after each start.</summary>
    [Id(0)] public required string Silo { get; init; }

    /// <summary>Its address in the cluster; null when it told none.</summary>
    [Id(1)] public string? Address { get; init; }

    /// <summary>How long ago it last showed a sign of life.</summary>
    [Id(2)] public required TimeSpan SeenAgo { get; init; }

    /// <summary>True when it is about to stop: no more grants to it.</summary>
    [Id(3)] public required bool Leaving { get; init; }

    /// <summary>The experiment that runs alone on it, or will as soon as it is empty, as sweep/number; null for none.</summary>
    [Id(4)] public string? Alone { get; init; }

    /// <summary>Its slots, by key.</summary>
    [Id(5)] public required ImmutableArray<SlotView> Slots { get; init; }
}

/// <summary>A slot, as the pool sees it.</summary>
/// <param name="Slot">Key of the GPU worker: silo/device/slot.</param>
/// <param name="Assignment">What it has; null when it is free.</param>
/// <param name="Breaker">Its circuit breaker; null while nothing has failed on it.</param>
[GenerateSerializer, Immutable, Alias("catgan.SlotView")]
public sealed record SlotView(string Slot, Assignment? Assignment, SlotBreaker? Breaker);

/// <summary>A slot's circuit breaker: experiments that failed on it, one after the other.</summary>
/// <param name="Open">True while the slot takes nothing.</param>
/// <param name="Failures">Different experiments that failed in a row, without one that did not.</param>
/// <param name="Until">When it next takes one experiment for a try; null while it is not open.</param>
/// <param name="Reason">Of the last failure.</param>
[GenerateSerializer, Immutable, Alias("catgan.SlotBreaker")]
public sealed record SlotBreaker(bool Open, int Failures, DateTimeOffset? Until, string Reason);

/// <summary>A sweep's part of the slots.</summary>
/// <param name="Sweep">Id of the sweep.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Held">Slots that it has.</param>
/// <param name="Waiting">Experiments that wait for one.</param>
[GenerateSerializer, Immutable, Alias("catgan.ShareView")]
public sealed record ShareView(string Sweep, double Weight, int Held, int Waiting);
