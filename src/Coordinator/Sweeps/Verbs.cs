using CatGan.Abstractions;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Why something is ended.</summary>
/// <param name="Reason">For people; kept in the journal.</param>
internal sealed record CancelBody(string? Reason = null);

/// <summary>What a sweep gets more of. Each value is the new total, not what is added.</summary>
/// <param name="Images">Images of each experiment; null to leave them.</param>
/// <param name="Seconds">Training time of each experiment; null to leave it.</param>
/// <param name="Experiments">Configurations to propose in all; null to leave them.</param>
internal sealed record ExtendBody(long? Images = null, double? Seconds = null, int? Experiments = null);

/// <summary>How experiments go again.</summary>
/// <param name="Fresh">True to start from the beginning in place of the last checkpoint.</param>
internal sealed record RetryBody(bool Fresh = false);

/// <summary>How many slots a sweep gets beside others.</summary>
/// <param name="Weight">Its weight; null to leave it.</param>
/// <param name="Cap">Most experiments that run at once, 0 for no cap; null to leave it.</param>
internal sealed record PriorityBody(double? Weight = null, int? Cap = null);

/// <summary>Words to find a sweep by.</summary>
/// <param name="Add">Tags to add.</param>
/// <param name="Remove">Tags to take away.</param>
/// <param name="Note">The note from now on, empty for none; null to leave it.</param>
internal sealed record TagBody(IReadOnlyList<string>? Add = null, IReadOnlyList<string>? Remove = null, string? Note = null);

/// <summary>Which checkpoint is meant.</summary>
/// <param name="Images">The one at so many images; null for the best one, or for all pinned ones when unpinning.</param>
internal sealed record PinBody(long? Images = null);

/// <summary>What was done.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Done">What was done, or that it was so already, for people.</param>
/// <param name="Changed">False when a sweep that has ended was to go on or to end; null where that is not told.</param>
internal sealed record DoneBody(string Sweep, string Done, bool? Changed = null);

/// <summary>How commands to a sweep are written in the API: an address below the sweep's, and a body.</summary>
internal static class Verbs
{
    /// <summary>The address and body of a command.</summary>
    public static (string Path, object? Body) Wire(SweepCommand command) => command switch
    {
        PauseSweep => ("pause", null),
        PauseExperiment c => ($"experiments/{c.Experiment}/pause", null),
        ResumeExperiment c => ($"experiments/{c.Experiment}/resume", null),
        CancelExperiment c => ($"experiments/{c.Experiment}/cancel", new CancelBody(c.Reason)),
        ExtendSweep c => ("extend", new ExtendBody(c.BudgetImages, c.BudgetTime?.TotalSeconds, c.Configurations)),
        RetryExperiments { Experiment: { } number } c => ($"experiments/{number}/retry", new RetryBody(c.Fresh)),
        RetryExperiments c => ("retry", new RetryBody(c.Fresh)),
        ChangeShare c => ("priority", new PriorityBody(c.Weight, c.Cap)),
        TagSweep c => ("tags", new TagBody(c.Add, c.Remove, c.Note)),
        PinCheckpoint c => ($"experiments/{c.Experiment}/{(c.Pinned ? "pin" : "unpin")}", new PinBody(c.Images)),
        _ => throw new ArgumentException($"There is no address for {command.GetType().Name}.", nameof(command)),
    };

    /// <summary>The experiment that a command means; null for the whole sweep.</summary>
    public static int? Experiment(SweepCommand command) => command switch
    {
        PauseExperiment c => c.Experiment,
        ResumeExperiment c => c.Experiment,
        CancelExperiment c => c.Experiment,
        RetryExperiments c => c.Experiment,
        PinCheckpoint c => c.Experiment,
        _ => null,
    };
}
