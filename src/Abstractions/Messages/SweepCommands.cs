using System.Collections.Immutable;

namespace CatGan.Abstractions;

/// <summary>Something that a person wants of a sweep or of one of its experiments. Asked twice, it is done once.</summary>
[GenerateSerializer, Immutable, Alias("catgan.SweepCommand")]
public abstract record SweepCommand;

/// <summary>Let running experiments write a checkpoint and leave, and start none.</summary>
[GenerateSerializer, Immutable, Alias("catgan.PauseSweep")]
public sealed record PauseSweep : SweepCommand;

/// <summary>Let one experiment leave with a checkpoint and wait.</summary>
/// <param name="Experiment">Its number.</param>
[GenerateSerializer, Immutable, Alias("catgan.PauseExperiment")]
public sealed record PauseExperiment(int Experiment) : SweepCommand;

/// <summary>Let a paused experiment go on, whoever paused it.</summary>
/// <param name="Experiment">Its number.</param>
[GenerateSerializer, Immutable, Alias("catgan.ResumeExperiment")]
public sealed record ResumeExperiment(int Experiment) : SweepCommand;

/// <summary>End one experiment for good; the sweep goes on.</summary>
/// <param name="Experiment">Its number.</param>
/// <param name="Reason">Why, for people.</param>
[GenerateSerializer, Immutable, Alias("catgan.CancelExperiment")]
public sealed record CancelExperiment(int Experiment, string Reason) : SweepCommand;

/// <summary>Give a running or finished sweep more to do. Each value is the new one, not what is added.</summary>
/// <param name="BudgetImages">Images of each experiment; null to leave them.</param>
/// <param name="BudgetTime">Training time of each experiment; null to leave it.</param>
/// <param name="Configurations">Configurations that the sampler proposes; null to leave them.</param>
[GenerateSerializer, Immutable, Alias("catgan.ExtendSweep")]
public sealed record ExtendSweep(long? BudgetImages, TimeSpan? BudgetTime, int? Configurations) : SweepCommand;

/// <summary>Let experiments that ended without a result go again.</summary>
/// <param name="Experiment">The one; null for all that failed or ran out of memory.</param>
/// <param name="Fresh">True to start from the beginning in place of the last checkpoint.</param>
[GenerateSerializer, Immutable, Alias("catgan.RetryExperiments")]
public sealed record RetryExperiments(int? Experiment, bool Fresh) : SweepCommand;

/// <summary>Change how many slots the sweep gets beside others.</summary>
/// <param name="Weight">Its weight; null to leave it.</param>
/// <param name="Cap">Most experiments that run at once, 0 for no cap; null to leave it.</param>
[GenerateSerializer, Immutable, Alias("catgan.ChangeShare")]
public sealed record ChangeShare(double? Weight, int? Cap) : SweepCommand;

/// <summary>Change the words to find the sweep by.</summary>
/// <param name="Add">Tags to add.</param>
/// <param name="Remove">Tags to take away.</param>
/// <param name="Note">The note from now on, empty for none; null to leave it.</param>
[GenerateSerializer, Immutable, Alias("catgan.TagSweep")]
public sealed record TagSweep(ImmutableArray<string> Add, ImmutableArray<string> Remove, string? Note) : SweepCommand;

/// <summary>Keep a checkpoint whatever retention says, or let retention decide again.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Images">Which of its checkpoints; null for the best one, or for all pinned ones when unpinning.</param>
/// <param name="Pinned">True to keep it.</param>
[GenerateSerializer, Immutable, Alias("catgan.PinCheckpoint")]
public sealed record PinCheckpoint(int Experiment, long? Images, bool Pinned) : SweepCommand;

/// <summary>Answer to a command.</summary>
/// <param name="Done">What was done, or that it was so already, for people; null when it is refused.</param>
/// <param name="Refusal">Why nothing was done; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("catgan.CommandAnswer")]
public sealed record CommandAnswer(string? Done, string? Refusal);
