using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CatGan.Search;

/// <summary>Something that happened to a sweep: one line of its journal.</summary>
/// <param name="At">When, by the clock of who saw it.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SweepSubmitted), "submitted")]
[JsonDerivedType(typeof(CapacityChanged), "capacity")]
[JsonDerivedType(typeof(AttemptStarted), "attempt_started")]
[JsonDerivedType(typeof(AttemptLost), "attempt_lost")]
[JsonDerivedType(typeof(CheckpointSaved), "checkpoint_saved")]
[JsonDerivedType(typeof(RungReached), "rung_reached")]
[JsonDerivedType(typeof(ExperimentEnded), "experiment_ended")]
[JsonDerivedType(typeof(CheckpointsDeleted), "checkpoints_deleted")]
[JsonDerivedType(typeof(PauseRequested), "pause_requested")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(CancelRequested), "cancel_requested")]
[JsonDerivedType(typeof(ExperimentPauseRequested), "experiment_pause_requested")]
[JsonDerivedType(typeof(ExperimentResumed), "experiment_resumed")]
[JsonDerivedType(typeof(ExperimentCancelRequested), "experiment_cancel_requested")]
[JsonDerivedType(typeof(ExperimentRetried), "experiment_retried")]
[JsonDerivedType(typeof(SweepExtended), "sweep_extended")]
[JsonDerivedType(typeof(ShareChanged), "share_changed")]
[JsonDerivedType(typeof(TagsChanged), "tags_changed")]
[JsonDerivedType(typeof(CheckpointPinned), "checkpoint_pinned")]
[JsonDerivedType(typeof(CheckpointUnpinned), "checkpoint_unpinned")]
[JsonDerivedType(typeof(NoticeClosed), "notice_closed")]
[JsonDerivedType(typeof(MarkerRenewed), "marker_renewed")]
public abstract record SweepEvent(DateTimeOffset At);

/// <summary>The sweep was handed in; always the first event.</summary>
/// <param name="At">When.</param>
/// <param name="Definition">What to run; must be without faults.</param>
/// <param name="Capacity">Slots that the pool has now.</param>
public sealed record SweepSubmitted(DateTimeOffset At, SweepDefinition Definition, int Capacity) : SweepEvent(At);

/// <summary>The pool has another number of slots than before.</summary>
/// <param name="At">When.</param>
/// <param name="Slots">Slots now.</param>
public sealed record CapacityChanged(DateTimeOffset At, int Slots) : SweepEvent(At);

/// <summary>A person wants running experiments to leave with a checkpoint, and none to start.</summary>
/// <param name="At">When.</param>
public sealed record PauseRequested(DateTimeOffset At) : SweepEvent(At);

/// <summary>A person wants the sweep to go on.</summary>
/// <param name="At">When.</param>
public sealed record Resumed(DateTimeOffset At) : SweepEvent(At);

/// <summary>A person wants the sweep to end for good.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record CancelRequested(DateTimeOffset At, string Reason) : SweepEvent(At);

/// <summary>Something that happened to one experiment.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
public abstract record ExperimentEvent(DateTimeOffset At, int Number) : SweepEvent(At);

/// <summary>Something that an attempt reports; refused when the epoch is not that of the running attempt.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
/// <param name="Epoch">The attempt, from 1.</param>
public abstract record AttemptEvent(DateTimeOffset At, int Number, int Epoch) : ExperimentEvent(At, Number);

/// <summary>A GPU worker begins to train an experiment that the sweep offered.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
/// <param name="Epoch">Exactly one above the epoch of the attempt before; 1 for the first.</param>
/// <param name="Worker">The GPU worker.</param>
/// <param name="Alone">True when nothing else runs on that silo.</param>
public sealed record AttemptStarted(
    DateTimeOffset At,
    int Number,
    int Epoch,
    string Worker,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Alone = false) : AttemptEvent(At, Number, Epoch);

/// <summary>
/// The attempt is over without an end of the experiment: its worker was lost, or it left because it was told to. What
/// follows is the sweep's to say: the experiment waits again, or ends when it was to be stopped or cancelled, or when it
/// was lost too often.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
/// <param name="Epoch">The attempt.</param>
/// <param name="Reason">Why, for people: lease lost, handed back, paused.</param>
/// <param name="Cause">What kind of loss; null in journals older than this field, whose losses end no experiment.</param>
public sealed record AttemptLost(DateTimeOffset At, int Number, int Epoch, string Reason, LossCause? Cause = null) : AttemptEvent(At, Number, Epoch);

/// <summary>A checkpoint is whole in the store.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
/// <param name="Epoch">The attempt.</param>
/// <param name="Images">Images shown when it was taken.</param>
/// <param name="Updates">Generator updates when it was taken.</param>
/// <param name="Seconds">Training time when it was taken, attempts added up.</param>
/// <param name="Blob">Its name in the store.</param>
/// <param name="Sha256">Hash of the blob, hexadecimal.</param>
/// <param name="Bytes">Length of the blob.</param>
public sealed record CheckpointSaved(
    DateTimeOffset At, int Number, int Epoch, long Images, long Updates, double Seconds, string Blob, string Sha256, long Bytes)
    : AttemptEvent(At, Number, Epoch);

/// <summary>A full score was taken at a rung. The same images twice count once.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
/// <param name="Epoch">The attempt.</param>
/// <param name="Images">The rung.</param>
/// <param name="Scores">Values by metric.</param>
public sealed record RungReached(DateTimeOffset At, int Number, int Epoch, long Images, ImmutableSortedDictionary<string, double> Scores)
    : AttemptEvent(At, Number, Epoch);

/// <summary>An experiment has an outcome, and that for good.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
/// <param name="Epoch">The attempt.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why; null where the outcome says it all.</param>
/// <param name="Flags">Flags raised on the way, with the reason of each.</param>
/// <param name="Images">Images shown.</param>
/// <param name="Updates">Generator updates.</param>
/// <param name="Seconds">Training time, attempts added up.</param>
/// <param name="Scores">Full score at the end by metric; empty when there is none.</param>
public sealed record ExperimentEnded(
    DateTimeOffset At,
    int Number,
    int Epoch,
    ExperimentOutcome Outcome,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Reason,
    ImmutableSortedDictionary<string, string> Flags,
    long Images,
    long Updates,
    double Seconds,
    ImmutableSortedDictionary<string, double> Scores) : AttemptEvent(At, Number, Epoch);

/// <summary>Checkpoints that were to be deleted are gone.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
/// <param name="Blobs">Their names.</param>
public sealed record CheckpointsDeleted(DateTimeOffset At, int Number, ImmutableArray<string> Blobs) : ExperimentEvent(At, Number);
