using CatGan.Grains.Telemetry;
using CatGan.Search;

namespace CatGan.Grains.Sweeps;

/// <summary>What the owner of a <see cref="SweepLedger"/> wants to hear of; called on its scheduler.</summary>
internal sealed class LedgerHooks
{
    /// <summary>Called with the actions of durable events.</summary>
    public Action<IReadOnlyList<SweepAction>> OnActions { get; set; } = _ => { };

    /// <summary>Called once, when nothing can be journaled any more.</summary>
    public Action<Exception> OnBroken { get; set; } = _ => { };

    /// <summary>Called with why, when the store begins not to take the journal, and with null when it takes it again.</summary>
    public Action<string?> OnStalled { get; set; } = _ => { };

    /// <summary>Called with what has become durable, and how long that took.</summary>
    public Action<IReadOnlyList<Told>, TimeSpan> OnWritten { get; set; } = (_, _) => { };

    /// <summary>Called each time that the store does not take a batch.</summary>
    public Action OnRetry { get; set; } = () => { };

    /// <summary>Called when a snapshot could not be written, which harms nothing.</summary>
    public Action<Exception> OnSnapshotFault { get; set; } = _ => { };
}
