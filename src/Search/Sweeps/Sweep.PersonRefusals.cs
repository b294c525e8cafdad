namespace CatGan.Search;

public sealed partial class Sweep
{
    private string? RefusalOfPause(Experiment experiment) => experiment switch
    {
        _ when Stage == SweepStage.Cancelling => "the sweep is being cancelled",
        { Stage: ExperimentStage.Ended } => HasEndedAs(experiment),
        { CancelReason: not null } => $"experiment {experiment.Number} is being cancelled",
        { StopReason: { } reason } => $"experiment {experiment.Number} is being stopped ({reason})",
        { PausedBy: PauseSource.Person } => $"experiment {experiment.Number} has been paused before",
        _ => null,
    };

    private string? RefusalOfResume(Experiment experiment) => experiment switch
    {
        _ when Stage == SweepStage.Cancelling => "the sweep is being cancelled",
        { Stage: ExperimentStage.Ended } => HasEndedAs(experiment),
        { PausedBy: null } => $"experiment {experiment.Number} is not paused",
        _ => null,
    };

    private string? RefusalOfCancel(Experiment experiment) => experiment switch
    {
        _ when Stage == SweepStage.Cancelling => "the sweep is being cancelled",
        { Stage: ExperimentStage.Ended } => HasEndedAs(experiment),
        { CancelReason: not null } => $"experiment {experiment.Number} has been cancelled before",
        _ => null,
    };

    private string? RefusalOfRetry(ExperimentRetried e, Experiment experiment) => experiment switch
    {
        _ when IsCancelled => CancelledForGood,
        { Stage: not ExperimentStage.Ended } => $"experiment {e.Number} has not ended",
        { Outcome: ExperimentOutcome.Completed } => $"experiment {e.Number} completed; a larger budget lets it go on (extend)",
        { Outcome: ExperimentOutcome.Stopped } => $"experiment {e.Number} gave a result and was stopped ({experiment.Reason}); clone the sweep to judge it otherwise",
        _ when e.Fresh && experiment.Checkpoints.Any(c => c.Pinned) => $"experiment {e.Number} has pinned checkpoints, which a fresh start would leave without an owner; unpin them first",
        _ => null,
    };

    private string? RefusalOfPin(ExperimentEvent e, string blob) => RefusalOfNumber(e)
        ?? (_roster[e.Number].Checkpoints.Any(c => c.Blob == blob) ? null : $"experiment {e.Number} keeps no checkpoint {blob}");

    private string? RefusalOfExtension(SweepExtended e)
    {
        if (IsCancelled)
            return CancelledForGood;
        if (Shrinks(e) is { } shrinks)
            return shrinks;
        SweepDefinition extended = Extended(e);
        if (extended.Faults() is [{ } fault, ..])
            return fault.Message;
        if (e.Configurations is { } wanted && extended.TotalConfigurations - extended.Also.Length < wanted)
            return $"experiments is {wanted}, but the {Definition.Sampler.Name} sampler has {extended.TotalConfigurations - extended.Also.Length} configurations of these parameters in all";
        bool more = extended.BudgetImages > Definition.BudgetImages || extended.BudgetTime > Definition.BudgetTime || extended.TotalConfigurations > Definition.TotalConfigurations;
        return more ? null : "the sweep has that much already";
    }

    private string? Shrinks(SweepExtended e)
    {
        if (e.BudgetImages < Definition.BudgetImages)
            return $"budget.images is {e.BudgetImages}, but a budget only grows, and it is {Definition.BudgetImages} now";
        if (e.BudgetTime is { } time && (Definition.BudgetTime is not { } limit || time < limit))
            return Definition.BudgetTime is null ? "the sweep has no limit of time" : $"budget.time is {time}, but a budget only grows, and it is {Definition.BudgetTime} now";
        if (e.Configurations < (Definition.Configurations ?? 0))
            return $"experiments is {e.Configurations}, but a sweep only grows, and it has {Definition.Configurations} now";
        return null;
    }

    private bool IsCancelled => Stage is SweepStage.Cancelling or SweepStage.Cancelled;

    private static string CancelledForGood => "the sweep was cancelled, which is for good; clone it instead";
}
