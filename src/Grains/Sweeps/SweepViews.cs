using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Search;

namespace CatGan.Grains.Sweeps;

/// <summary>A sweep's state as messages show it.</summary>
internal static class SweepViews
{
    /// <summary>The status with one page of experiments; costs the page and the running ones.</summary>
    public static SweepStatus Status(string id, Sweep sweep, IReadOnlyDictionary<int, LiveProgress> live, StatusRequest request)
    {
        ImmutableArray<Experiment> active = [.. sweep.Active.Select(n => sweep.Experiments[n - 1])];
        IEnumerable<Experiment> page = request.LiveOnly
            ? active.Where(e => e.Stage == ExperimentStage.Running && e.Number >= request.From)
            : Page(sweep.Experiments, request);
        return new SweepStatus
        {
            Sweep = id,
            Phase = Phase(sweep.Stage),
            Total = sweep.Total,
            Waiting = sweep.WaitingCount,
            Running = sweep.RunningCount,
            Paused = sweep.PausedCount,
            Ended = Enum.GetValues<ExperimentOutcome>().Where(o => sweep.CountOf(o) > 0)
                .ToImmutableSortedDictionary(Outcome, sweep.CountOf),
            Images = sweep.Images + active.Sum(e => Math.Max(0, Images(e, live) - e.Images)),
            BudgetImages = sweep.Total * sweep.Definition.BudgetImages,
            BudgetTime = sweep.Definition.BudgetTime,
            ImagesPerSecond = active.Sum(e => Live(e, live)?.ImagesPerSecond ?? 0),
            Best = sweep.Best is { BestScore: { } score } best ? new BestScore(best.Number, sweep.Definition.Objective.Metric, score) : null,
            Slots = sweep.Capacity,
            SubmittedAt = sweep.SubmittedAt,
            Experiments = [.. page.Take(request.Count).Select(e => Status(sweep, e, live))],
        };
    }

    /// <summary>What a worker needs for the attempt that has just started.</summary>
    public static AttemptOrder Order(string id, Sweep sweep, Experiment experiment) => new()
    {
        Sweep = id,
        Experiment = experiment.Number,
        Epoch = experiment.Epoch,
        Settings = experiment.Configuration.Values,
        Seed = experiment.Seed,
        Plan = Plan(sweep),
        Dataset = sweep.Definition.Dataset,
        DatasetHashes = sweep.Definition.DatasetHashes,
        Checkpoints = Checkpoints(experiment),
    };

    /// <summary>The kept checkpoints, newest first.</summary>
    public static ImmutableArray<CheckpointRef> Checkpoints(Experiment experiment) =>
        [.. experiment.Checkpoints.Reverse().Select(c => new CheckpointRef(c.Blob, c.Sha256, c.Images))];

    public static AttemptView Attempt(Sweep sweep, Experiment experiment)
    {
        StopExperiment? stop = experiment.Stage == ExperimentStage.Running ? sweep.StopOf(experiment) : null;
        AttemptCommand command = stop is null ? AttemptCommand.Continue : stop.Keep ? AttemptCommand.Pause : AttemptCommand.Stop;
        return new AttemptView(Phase(experiment.Stage), experiment.Epoch, command, stop?.Reason);
    }

    private static TrainingPlan Plan(Sweep sweep) => new()
    {
        BudgetImages = sweep.Definition.BudgetImages,
        BudgetTime = sweep.Definition.BudgetTime,
        ReportEvery = sweep.Definition.ReportEvery,
        CheckpointEvery = sweep.Definition.CheckpointEvery,
        SamplesEvery = sweep.Definition.SamplesEvery,
        Rungs = sweep.Definition.Rungs,
        StopOn = sweep.Definition.StopOn,
        TensorBoard = sweep.Definition.TensorBoard,
        // Of the first budget: after an extension scores still compare with those before.
        FullScore = FullScore(sweep.Submitted.BudgetImages),
    };

    /// <summary>A short experiment's scores are of fewer pictures, or making them would be a good part of it.</summary>
    private static ScoreSize FullScore(long budgetImages)
    {
        ScoreSize usual = new TrainingPlan { BudgetImages = budgetImages, ReportEvery = 1, CheckpointEvery = 1, SamplesEvery = 1 }.FullScore;
        return usual with { Pictures = (int)Math.Clamp(budgetImages / 8, 256, usual.Pictures) };
    }

    private static ExperimentStatus Status(Sweep sweep, Experiment experiment, IReadOnlyDictionary<int, LiveProgress> live)
    {
        LiveProgress? now = Live(experiment, live);
        return new ExperimentStatus
        {
            Number = experiment.Number,
            Phase = Phase(experiment.Stage),
            Parameters = experiment.Configuration.Values,
            Repeat = experiment.Repeat,
            Images = Images(experiment, live),
            BudgetImages = sweep.Definition.BudgetImages,
            ImagesPerSecond = now?.ImagesPerSecond ?? 0,
            Seconds = Seconds(experiment, now),
            Score = LastScore(sweep, experiment, live),
            Attempts = experiment.Epoch,
            Worker = experiment.Worker,
            Outcome = experiment.Outcome is { } outcome ? Outcome(outcome) : null,
            Reason = Reason(experiment),
        };
    }

    private static IEnumerable<Experiment> Page(IReadOnlyList<Experiment> all, StatusRequest request)
    {
        for (int n = Math.Max(1, request.From); n <= all.Count; n++)
            yield return all[n - 1];
    }

    private static LiveProgress? Live(Experiment experiment, IReadOnlyDictionary<int, LiveProgress> live) =>
        experiment.Stage == ExperimentStage.Running && live.TryGetValue(experiment.Number, out LiveProgress? progress) && progress.Epoch == experiment.Epoch
            ? progress
            : null;

    /// <summary>The latest objective, also of an attempt that has left; the best full score where no other is known.</summary>
    private static double? LastScore(Sweep sweep, Experiment experiment, IReadOnlyDictionary<int, LiveProgress> live) =>
        experiment.Stage != ExperimentStage.Ended
            && live.TryGetValue(experiment.Number, out LiveProgress? progress) && progress.Scores.TryGetValue(sweep.Definition.Objective.Metric, out double score)
            ? score
            : experiment.BestScore;

    private static long Images(Experiment experiment, IReadOnlyDictionary<int, LiveProgress> live) =>
        Math.Max(experiment.Images, Live(experiment, live)?.Images ?? 0);

    /// <summary>The journal knows the time of the last checkpoint; the images since then tell the rest at the present speed.</summary>
    private static double Seconds(Experiment experiment, LiveProgress? now) =>
        experiment.Seconds + (now is { ImagesPerSecond: > 0 } ? Math.Max(0, now.Images - experiment.Images) / now.ImagesPerSecond : 0);

    private static string? Reason(Experiment experiment)
    {
        if (experiment.Stage == ExperimentStage.Paused)
            return experiment.PauseReason;
        string flags = string.Join("; ", experiment.Flags.Select(f => $"{f.Key}: {f.Value}"));
        return (experiment.Reason ?? experiment.PauseReason, flags) switch
        {
            (null, "") => null,
            (null, _) => flags,
            ({ } reason, "") => reason,
            ({ } reason, _) => $"{reason} ({flags})",
        };
    }

    private static SweepPhase Phase(SweepStage stage) => stage switch
    {
        SweepStage.Running => SweepPhase.Running,
        SweepStage.Pausing => SweepPhase.Pausing,
        SweepStage.Paused => SweepPhase.Paused,
        SweepStage.Finished => SweepPhase.Finished,
        SweepStage.Cancelling => SweepPhase.Cancelling,
        _ => SweepPhase.Cancelled,
    };

    private static ExperimentPhase Phase(ExperimentStage stage) => stage switch
    {
        ExperimentStage.Running => ExperimentPhase.Running,
        ExperimentStage.Ended => ExperimentPhase.Ended,
        ExperimentStage.Paused => ExperimentPhase.Paused,
        _ => ExperimentPhase.Waiting,
    };

    private static Outcome Outcome(ExperimentOutcome outcome) => Enum.Parse<Outcome>(outcome.ToString());

    public static ExperimentOutcome Outcome(Outcome outcome) => Enum.Parse<ExperimentOutcome>(outcome.ToString());
}
