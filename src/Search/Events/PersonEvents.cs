using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>A person wants one experiment to leave with a checkpoint and to wait until a person lets it go on.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
public sealed record ExperimentPauseRequested(DateTimeOffset At, int Number) : ExperimentEvent(At, Number);

/// <summary>A person wants a paused experiment to go on, whoever paused it.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
public sealed record ExperimentResumed(DateTimeOffset At, int Number) : ExperimentEvent(At, Number);

/// <summary>A person wants one experiment to end for good; the sweep goes on.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record ExperimentCancelRequested(DateTimeOffset At, int Number, string Reason) : ExperimentEvent(At, Number);

/// <summary>A person wants an experiment that ended without a result to go again; a finished sweep goes on with it.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
/// <param name="Fresh">True to start from the beginning; false to go on from its last checkpoint.</param>
public sealed record ExperimentRetried(DateTimeOffset At, int Number, bool Fresh) : ExperimentEvent(At, Number);

/// <summary>
/// A person gives the sweep more to do; a finished one goes on. Experiments that completed go on where a new budget
/// leaves them something to do.
/// </summary>
/// <param name="At">When.</param>
/// <param name="BudgetImages">Images of each experiment from now on; null to leave them.</param>
/// <param name="Configurations">Configurations that the sampler proposes in all from now on; null to leave them.</param>
public sealed record SweepExtended(DateTimeOffset At, long? BudgetImages = null, int? Configurations = null) : SweepEvent(At)
{
    /// <summary>Training time of each experiment from now on; null to leave it.</summary>
    public TimeSpan? BudgetTime { get; init; }
}

/// <summary>A person changed how many slots the sweep gets beside others.</summary>
/// <param name="At">When.</param>
/// <param name="Weight">Its weight in fair sharing.</param>
/// <param name="Slots">Most experiments that run at once; null for no cap.</param>
public sealed record ShareChanged(DateTimeOffset At, double Weight, int? Slots = null) : SweepEvent(At);

/// <summary>A person changed the words to find the sweep by, or its note. Fine for a sweep that has ended.</summary>
/// <param name="At">When.</param>
/// <param name="Tags">All tags from now on.</param>
/// <param name="Note">The note from now on; null for none.</param>
public sealed record TagsChanged(DateTimeOffset At, ImmutableArray<string> Tags, string? Note = null) : SweepEvent(At);

/// <summary>A person wants a checkpoint to stay. Fine for a sweep that has ended.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
/// <param name="Blob">Name of the checkpoint, one that is kept.</param>
public sealed record CheckpointPinned(DateTimeOffset At, int Number, string Blob) : ExperimentEvent(At, Number);

/// <summary>A person lets retention decide over a pinned checkpoint again. Fine for a sweep that has ended.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The experiment.</param>
/// <param name="Blob">Name of the checkpoint.</param>
public sealed record CheckpointUnpinned(DateTimeOffset At, int Number, string Blob) : ExperimentEvent(At, Number);

/// <summary>A notice of the sweep's webhook needs no more tries.</summary>
/// <param name="At">When.</param>
/// <param name="Id">Number of the notice.</param>
/// <param name="Fault">Why it was given up; null when it was delivered.</param>
public sealed record NoticeClosed(DateTimeOffset At, int Id, string? Fault = null) : SweepEvent(At);

/// <summary>
/// A sweep that has ended is given something to do again, or was going to be: from now on its marker in the store is
/// another one. Whoever does not know of it may be late, and must not take it away.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Marker">Number of the marker, higher than all before.</param>
public sealed record MarkerRenewed(DateTimeOffset At, int Marker) : SweepEvent(At);
