using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;
using CatGan.Search;
using CatGan.Storage;
using Experiment = CatGan.Search.Experiment;

namespace CatGan.Coordinator.Sweeps;

/// <summary>A sweep as its journal has it, without any silo.</summary>
internal static class StoredSweep
{
    private const int LongestShown = 100;

    /// <summary>True of what reading a damaged journal throws, or one that a later version wrote.</summary>
    public static bool IsDamage(Exception fault) => fault is JournalException or SweepFormatException or InvalidOperationException;

    /// <summary>Replays a sweep's journal; null when it has none.</summary>
    public static async Task<Sweep?> LoadAsync(IBlobStore store, string id, CancellationToken cancellationToken) =>
        Replay(await new Journal(store, StoreLayout.Journal(id)).ReadAsync(cancellationToken));

    /// <summary>Replays a sweep's journal.</summary>
    /// <exception cref="UserException">It has none.</exception>
    public static async Task<Sweep> RequireAsync(IBlobStore store, string id, CancellationToken cancellationToken) =>
        await LoadAsync(store, id, cancellationToken) ?? throw NoJournal(store, id);

    /// <summary>What to tell of a sweep without a journal.</summary>
    public static UserException NoJournal(IBlobStore store, string id) =>
        new(ExitCode.NotFound, $"sweep {id} has no journal in {store.Uri}", "it was never taken by a silo; submit it again");

    /// <summary>An experiment of a sweep.</summary>
    /// <exception cref="UserException">The sweep has none of this number, or has not come to it yet.</exception>
    public static async Task<Experiment> RequireAsync(IBlobStore store, string id, int number, CancellationToken cancellationToken)
    {
        Sweep sweep = await RequireAsync(store, id, cancellationToken);
        return number >= 1 && number <= sweep.Experiments.Count && sweep.Experiments[number - 1] is { Epoch: > 0 } experiment
            ? experiment
            : throw NoExperiment(id, number, sweep.Total);
    }

    /// <summary>What to tell of a sweep that is not there.</summary>
    /// <param name="store">Where it was looked for.</param>
    /// <param name="typed">What a person named.</param>
    /// <param name="suggestion">What may have been meant; empty for nothing.</param>
    public static UserException NoSweep(IBlobStore store, string typed, string suggestion = "") => new(
        ExitCode.NotFound, $"there is no sweep {(typed.Length > LongestShown ? typed[..LongestShown] + "…" : typed)} in {store.Uri}{suggestion}", "`catgan list` shows all");

    /// <summary>What to tell of an experiment that is not there, or not yet.</summary>
    public static UserException NoExperiment(string id, int number, int total) => number < 1 || number > total
        ? new(ExitCode.NotFound, $"there is no experiment {number} in {id}; it has {total:N0}", $"`catgan status {id}` shows them")
        : new(ExitCode.NotFound, $"experiment {number} of {id} has not begun", $"`catgan status {id}` shows what has");

    /// <summary>The sweep that a journal tells; null when it is empty.</summary>
    public static Sweep? Replay(JournalReplay replay) => Sweep.Replay(replay.Snapshot, replay.Batches.SelectMany(b => b.Events));

    /// <summary>The state as a silo would tell it; images are those of the last checkpoints, and nothing runs.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="sweep">What the journal knows.</param>
    /// <param name="page">The experiments to list; null for all.</param>
    public static SweepStatus Status(string id, Sweep sweep, IEnumerable<Experiment>? page = null) => new()
    {
        Sweep = id,
        Phase = Phase(sweep.Stage),
        Total = sweep.Total,
        Waiting = sweep.WaitingCount + sweep.RunningCount,
        Running = 0,
        Paused = sweep.PausedCount,
        Ended = Enum.GetValues<ExperimentOutcome>().Where(o => sweep.CountOf(o) > 0).ToImmutableSortedDictionary(ToOutcome, sweep.CountOf),
        Images = sweep.Images,
        BudgetImages = sweep.Total * sweep.Definition.BudgetImages,
        BudgetTime = sweep.Definition.BudgetTime,
        ImagesPerSecond = 0,
        Best = sweep.Best is { BestScore: { } score } best ? new(best.Number, sweep.Definition.Objective.Metric, score) : null,
        Slots = 0,
        SubmittedAt = sweep.SubmittedAt,
        Experiments = [.. (page ?? sweep.Experiments).Select(e => Status(sweep.Definition, e))],
    };

    /// <summary>Where an experiment stands as its journal has it.</summary>
    public static ExperimentStatus Status(SweepDefinition definition, Experiment experiment) => new()
    {
        Number = experiment.Number,
        Phase = experiment.Stage switch
        {
            ExperimentStage.Ended => ExperimentPhase.Ended,
            ExperimentStage.Paused => ExperimentPhase.Paused,
            _ => ExperimentPhase.Waiting,
        },
        Parameters = experiment.Configuration.Values,
        Repeat = experiment.Repeat,
        Images = experiment.Images,
        BudgetImages = definition.BudgetImages,
        ImagesPerSecond = 0,
        Seconds = experiment.Seconds,
        Score = experiment.BestScore,
        Attempts = experiment.Epoch,
        Outcome = experiment.Outcome is { } outcome ? ToOutcome(outcome) : null,
        Reason = experiment.Stage == ExperimentStage.Paused ? experiment.PauseReason : string.Join("; ", [.. experiment.Reason is { } r ? [r] : Array.Empty<string>(), .. experiment.Flags.Select(f => $"{f.Key}: {f.Value}")]),
    };

    private static SweepPhase Phase(SweepStage stage) => stage switch
    {
        SweepStage.Running => SweepPhase.Running,
        SweepStage.Pausing => SweepPhase.Pausing,
        SweepStage.Paused => SweepPhase.Paused,
        SweepStage.Finished => SweepPhase.Finished,
        SweepStage.Cancelling => SweepPhase.Cancelling,
        _ => SweepPhase.Cancelled,
    };

    private static Outcome ToOutcome(ExperimentOutcome outcome) => Enum.Parse<Outcome>(outcome.ToString());
}
