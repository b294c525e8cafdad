using CatGan.Coordinator.Report;
using CatGan.Coordinator.Serve.Live;
using CatGan.Search;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>An event in words.</summary>
/// <param name="Position">Its place in the journal.</param>
/// <param name="At">When.</param>
/// <param name="Experiment">The experiment it happened to; null for the sweep.</param>
/// <param name="Text">What happened.</param>
internal sealed record EventLine(EventPosition Position, DateTimeOffset At, int? Experiment, string Text)
{
    /// <summary>The words for an event.</summary>
    public static EventLine Of(JournalEntry entry) => new(entry.Position, entry.Event.At, (entry.Event as ExperimentEvent)?.Number, Word(entry.Event));

    private static string Word(SweepEvent happened) => happened switch
    {
        SweepSubmitted e => $"submitted, with {Words.Of(e.Capacity, "slot")} in the pool",
        CapacityChanged e => $"the pool has {Words.Of(e.Slots, "slot")}",
        AttemptStarted e => $"attempt {e.Epoch} started on {e.Worker}{(e.Alone ? ", alone on its silo" : "")}",
        AttemptLost e => $"attempt {e.Epoch} was over without an end: {e.Reason}",
        CheckpointSaved e => $"checkpoint at {Words.Whole(e.Images)} images, {Parts.PageWords.Bytes(e.Bytes)}",
        RungReached e => $"scored at {Words.Whole(e.Images)} images: {string.Join(", ", e.Scores.Select(s => $"{Words.Metric(s.Key)} {Words.Score(s.Value)}"))}",
        ExperimentEnded e => $"ended at {Words.Whole(e.Images)} images: {string.Join("; ", new[] { Outcome(e.Outcome), e.Reason ?? "" }.Concat(e.Flags.Values).Where(t => t.Length > 0).Distinct())}",
        CheckpointsDeleted e => $"{Words.Of(e.Blobs.Length, "checkpoint")} deleted",
        PauseRequested => "a person paused the sweep",
        Resumed => "a person resumed the sweep",
        CancelRequested e => $"a person cancelled the sweep: {e.Reason}",
        ExperimentPauseRequested => "a person paused it",
        ExperimentResumed => "a person resumed it",
        ExperimentCancelRequested e => $"a person cancelled it: {e.Reason}",
        ExperimentRetried e => $"a person had it retried{(e.Fresh ? " from the beginning" : "")}",
        SweepExtended e => $"a person extended the sweep{Extension(e)}",
        ShareChanged e => $"its share of slots: weight {e.Weight}{(e.Slots is { } cap ? $", at most {cap}" : "")}",
        TagsChanged e => $"its tags: {string.Join(", ", e.Tags)}",
        CheckpointPinned => "a checkpoint was pinned",
        CheckpointUnpinned => "a checkpoint was unpinned",
        NoticeClosed { Fault: { } fault } => $"a notice of the webhook was given up: {fault}",
        NoticeClosed => "a notice of the webhook was delivered",
        MarkerRenewed e => $"after its end the sweep has something to do again, under marker {e.Marker}",
        _ => happened.GetType().Name,
    };

    private static string Outcome(ExperimentOutcome outcome) => outcome == ExperimentOutcome.OutOfMemory ? "out of memory" : outcome.ToString().ToLowerInvariant();

    private static string Extension(SweepExtended e) => string.Concat(
        e.BudgetImages is { } images ? $", {Words.Whole(images)} images each" : "",
        e.Configurations is { } count ? $", {Words.Of(count, "configuration")}" : "",
        e.BudgetTime is { } time ? $", {Words.Duration(time.TotalSeconds)} each" : "");
}
