using CatGan.Grains.Telemetry;
using CatGan.Search;

namespace CatGan.Grains.Sweeps;

/// <summary>What one caller has applied, and waits for to become durable; one without lines waits for what was applied before it.</summary>
internal sealed class LedgerEntry
{
    /// <summary>The events as the journal keeps them.</summary>
    public List<ReadOnlyMemory<byte>> Lines { get; } = [];

    /// <summary>What is to be done once they are durable.</summary>
    public List<SweepAction> Actions { get; } = [];

    /// <summary>What each of them changed.</summary>
    public List<Told> Told { get; } = [];

    /// <summary>When it began to wait.</summary>
    public required long At { get; init; }

    /// <summary>Completes with the batch that it is in.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
