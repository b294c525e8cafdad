using System.Collections.Immutable;
using CatGan.Coordinator.App;
using CatGan.Search;

namespace CatGan.Coordinator.Simulate;

/// <summary>What a person asked to simulate.</summary>
internal sealed record SimulationWishes
{
    private const int MaxWorkers = 100_000;
    private const int MaxOrders = 10_000;

    /// <summary>Name of the pruner, or <see cref="PrunerChoice.None"/>.</summary>
    public required string Pruner { get; init; }

    /// <summary>Its options by name.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Patience; null for none.</summary>
    public int? Patience { get; init; }

    /// <summary>Images to judge at; null for the pruner's own.</summary>
    public ImmutableArray<long>? Rungs { get; init; }

    /// <summary>Experiments at once; null for as many as the sweep could run.</summary>
    public int? Workers { get; init; }

    /// <summary>Orders by chance; null for the sweep's own order alone.</summary>
    public int? Orders { get; init; }

    /// <summary>Seed of the orders.</summary>
    public long Seed { get; init; }

    /// <summary>The simulation.</summary>
    /// <exception cref="UserException">It cannot be played; says what is wrong.</exception>
    public Simulation Of(string id, Sweep sweep)
    {
        Within("--workers", Workers, MaxWorkers);
        Within("--orders", Orders, MaxOrders);
        if (Pruner == PrunerChoice.None && !Options.IsEmpty)
            throw new UserException(ExitCode.BadInput, $"--{Options.Keys.First().Replace('_', '-')} belongs to a pruner, but --pruner is {PrunerChoice.None}", "leave it out, or name the pruner");
        if (RecordedSweep.Of(sweep, out string? fault) is not { } recorded)
            throw new UserException(ExitCode.BadInput, $"sweep {id} cannot be simulated: {fault}");
        PrunerChoice? pruner = Pruner == PrunerChoice.None ? null : new PrunerChoice(Pruner, Options).Settled();
        // The capacity at the end may be none; one that its spec capped ran no more than that.
        int workers = Workers ?? Math.Max(1, Math.Min(sweep.Definition.Slots ?? int.MaxValue, sweep.Capacity));
        Simulation simulation = new(recorded, pruner, Patience, Rungs ?? Simulation.RungsOf(recorded, pruner), workers);
        if (simulation.Faults() is { Count: > 0 } faults)
            throw new UserException(ExitCode.BadInput, $"sweep {id} cannot be simulated like this: {faults[0]}", [.. faults.Skip(1)]);
        return simulation;
    }

    private static void Within(string option, int? value, int max)
    {
        if (value < 1 || value > max)
            throw new UserException(ExitCode.BadInput, $"{option} is {value}, but must be from 1 to {max}");
    }
}
