using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>
/// Something that a sweep wants done. Doing it twice must do no harm: after a crash <see cref="Sweep.Pending"/> gives it
/// again until an event says that it is done.
/// </summary>
public abstract record SweepAction;

/// <summary>Find a slot for the experiment and train it, from its last checkpoint when it has one. Done with <see cref="AttemptStarted"/>.</summary>
/// <param name="Number">The experiment.</param>
/// <param name="Epoch">Epoch that the attempt must have.</param>
/// <param name="Alone">True when nothing else may run on its silo: it is suspected of taking its process down.</param>
/// <param name="Avoid">The GPU worker where it failed, to be avoided where there is another; null for none.</param>
public sealed record StartExperiment(int Number, int Epoch, bool Alone = false, string? Avoid = null) : SweepAction
{
    internal static StartExperiment Next(Experiment experiment) => new(experiment.Number, experiment.Epoch + 1, experiment.Alone, experiment.Avoid);
}

/// <summary>Let the running attempt leave. Done with <see cref="AttemptLost"/>, or <see cref="ExperimentEnded"/> when that comes first.</summary>
/// <param name="Number">The experiment.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Keep">True to write a checkpoint first; false to drop what was done since the last.</param>
public sealed record StopExperiment(int Number, string Reason, bool Keep) : SweepAction;

/// <summary>Delete checkpoints that nobody needs any more. Done with <see cref="CheckpointsDeleted"/>.</summary>
/// <param name="Number">The experiment.</param>
/// <param name="Blobs">Names in the store.</param>
public sealed record DeleteCheckpoints(int Number, ImmutableArray<string> Blobs) : SweepAction;

/// <summary>Tell the sweep's webhook. Done with <see cref="NoticeClosed"/>.</summary>
/// <param name="Id">Number of the notice.</param>
public sealed record SendNotice(int Id) : SweepAction;

/// <summary>Nothing runs, nothing is left to delete: the sweep's marker can go.</summary>
public sealed record FinishSweep : SweepAction;
