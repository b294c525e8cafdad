namespace CatGan.Search;

public sealed partial class Sweep
{
    /// <summary>
    /// Why an event must not be journaled: it comes from an attempt that is over, contradicts the state, or changes what
    /// has ended. A report that is already known is not refused: it changes nothing and may be acknowledged again.
    /// </summary>
    /// <returns>The reason, for people; null when the event is fine.</returns>
    public string? Refusal(SweepEvent sweepEvent) => sweepEvent switch
    {
        SweepSubmitted => "the sweep has been submitted before",
        CheckpointsDeleted e => RefusalOfNumber(e),
        NoticeClosed e => Notices.Any(n => n.Id == e.Id) ? null : $"notice {e.Id} is closed",
        TagsChanged => null,
        MarkerRenewed e => e.Marker > Marker ? null : $"marker {e.Marker} is no later one, the sweep's is {Marker}",
        CheckpointPinned e => RefusalOfPin(e, e.Blob),
        CheckpointUnpinned e => RefusalOfPin(e, e.Blob),
        SweepExtended e => RefusalOfExtension(e),
        ExperimentRetried e => RefusalOfNumber(e) ?? RefusalOfRetry(e, _roster[e.Number]),
        _ when HasEnded => $"the sweep has ended ({Stage})",
        CapacityChanged { Slots: < 0 } e => $"{e.Slots} slots were announced, but there cannot be fewer than 0",
        CapacityChanged => null,
        PauseRequested => Stage == SweepStage.Running ? null : $"the sweep cannot be paused, it is {Stage}",
        Resumed => Stage is SweepStage.Pausing or SweepStage.Paused ? null : $"the sweep cannot be resumed, it is {Stage}",
        CancelRequested => Stage == SweepStage.Cancelling ? "the sweep has been cancelled before" : null,
        ShareChanged e => (Definition with { Weight = e.Weight, Slots = e.Slots }).Faults() is [{ } fault, ..] ? fault.Message : null,
        ExperimentEvent e when RefusalOfNumber(e) is { } refusal => refusal,
        AttemptStarted e => RefusalOfStart(e, _roster[e.Number]),
        AttemptEvent e => RefusalOfReport(e, _roster[e.Number]),
        ExperimentPauseRequested e => RefusalOfPause(_roster[e.Number]),
        ExperimentResumed e => RefusalOfResume(_roster[e.Number]),
        ExperimentCancelRequested e => RefusalOfCancel(_roster[e.Number]),
        _ => throw new NotSupportedException($"The sweep does not know events of the type {sweepEvent.GetType().Name}."),
    };

    private string? RefusalOfNumber(ExperimentEvent e) =>
        _roster.Has(e.Number) ? null : $"there is no experiment {e.Number}, the last number given is {_roster.All.Count}";

    private static string? RefusalOfStart(AttemptStarted e, Experiment experiment) => experiment.Stage switch
    {
        ExperimentStage.Ended => HasEndedAs(experiment),
        ExperimentStage.Running => $"attempt {experiment.Epoch} of experiment {e.Number} is running on {experiment.Worker}",
        ExperimentStage.Waiting or ExperimentStage.Paused => $"experiment {e.Number} is not to start now",
        _ => e.Epoch == experiment.Epoch + 1 ? null : $"attempt {e.Epoch} of experiment {e.Number} cannot start, attempt {experiment.Epoch + 1} is next",
    };

    private static string? RefusalOfReport(AttemptEvent e, Experiment experiment)
    {
        if (experiment.Stage == ExperimentStage.Ended)
            return HasEndedAs(experiment);
        if (e.Epoch != experiment.Epoch)
            return $"attempt {e.Epoch} of experiment {e.Number} is stale, the newest is {experiment.Epoch}";
        if (experiment.Stage != ExperimentStage.Running)
            return $"attempt {e.Epoch} of experiment {e.Number} is over, it was lost before";
        return e switch
        {
            RungReached { Images: < 0 } or CheckpointSaved { Images: < 0 } or ExperimentEnded { Images: < 0 } => "images cannot be below 0",
            _ => null,
        };
    }

    private static string HasEndedAs(Experiment experiment) => $"experiment {experiment.Number} has ended ({experiment.Outcome})";
}
