using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Telemetry;
using CatGan.Search;

namespace CatGan.Grains.Telemetry;

/// <summary>
/// Tells telemetry what a sweep's journal took: counters, the sums of <see cref="LiveSweeps"/>, and the spans of what is
/// over. Only what is durable is told. A replay tells nothing but what the process before it may have kept to itself.
/// </summary>
internal sealed class SweepTelemetry(string id, GrainsMeters meters, LiveSweep live)
{
    // Far above the delay with which spans are sent, OTEL_BSP_SCHEDULE_DELAY.
    private static readonly TimeSpan Unsent = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OverForLong = TimeSpan.FromHours(1);
    private readonly Dictionary<string, double> _best = [];

    /// <summary>A running attempt reported.</summary>
    public void Reported() => live.Reported();

    /// <summary>
    /// The sweep was read from its journal. Spans of what ended last may have died with the silo that journaled it, before
    /// they were sent; others name them as their parents. They are told again: their ids are the same. One that is over for
    /// long is only looked at.
    /// </summary>
    public void Opened(Sweep sweep, DateTimeOffset now)
    {
        foreach (Experiment experiment in sweep.Experiments)
            Score(sweep, experiment);
        if (!CatGanSpans.Wanted || now - sweep.EndedAt > OverForLong)
            return;
        DateTimeOffset[] ends = [.. sweep.Experiments.SelectMany(e => e.Attempts).Select(a => a.EndedAt ?? a.StartedAt), sweep.ProgressAt, sweep.EndedAt ?? sweep.ProgressAt];
        DateTimeOffset since = ends.Max() - Unsent;
        foreach (Experiment experiment in sweep.Experiments)
        {
            foreach (Attempt attempt in experiment.Attempts.Where(a => a.EndedAt >= since))
                SweepSpans.Attempt(id, experiment, attempt, EndOf(experiment, attempt), ReasonOf(experiment, attempt), attempt.EndedAt!.Value);
            if (experiment is { Outcome: not null, EndedAt: { } at } && at >= since)
                SweepSpans.Experiment(id, experiment, Variant(experiment), at);
        }
        if (sweep.EndedAt is { } ended)
            SweepSpans.Sweep(id, sweep, ended);
    }

    /// <summary>The store did not take a batch.</summary>
    public void Retried() => meters.StoreFailed(StoreWork.Journal);

    /// <summary>A batch is durable.</summary>
    public void Written(Sweep sweep, IReadOnlyList<Told> batch, TimeSpan took)
    {
        if (batch.Count == 0)
            return;
        meters.Flushed(batch.Count, took);
        foreach (Told told in batch)
            Tell(sweep, told);
    }

    /// <summary>Shows where the sweep stands.</summary>
    public void Show(Sweep? sweep, bool held)
    {
        SweepFigures? figures = sweep is null or { HasEnded: true } ? null : new SweepFigures(
            sweep.Stage,
            held,
            sweep.WaitingCount,
            sweep.RunningCount,
            sweep.PausedCount,
            sweep.Images,
            sweep.Definition.BudgetImages >= TrainingPlan.NoLimit ? 0 : sweep.Total * sweep.Definition.BudgetImages,
            sweep.ProgressAt);
        live.Show(figures, sweep?.EndedAt, sweep is null ? [] : [.. _best.Select(b => new BestScore(b.Key, sweep.Definition.Objective, b.Value))]);
    }

    /// <summary>The activation ends: the sweep is no more this silo's.</summary>
    public void Close() => live.Dispose();

    private void Tell(Sweep sweep, Told told)
    {
        if (told.After is { } after)
            Score(sweep, after);
        if (told is { Event: AttemptStarted, After: { } started })
            meters.AttemptStarted(Variant(started));
        // Also one that ends by the way its sweep takes an event: lost too often, cancelled while it waited.
        if (told is { Before: { Stage: ExperimentStage.Running } running, After.Stage: not ExperimentStage.Running })
            AttemptOver(running, told);
        if (told is { Before.Stage: not ExperimentStage.Ended, After: { Stage: ExperimentStage.Ended } ended })
            ExperimentOver(ended, told.Event.At);
        if (told.EndedSweep)
            SweepSpans.Sweep(id, sweep, told.Event.At);
    }

    private void AttemptOver(Experiment running, Told told)
    {
        string end = told.Event switch
        {
            AttemptLost { Cause: { } cause } => GrainsMeters.Word(cause),
            ExperimentEnded over => GrainsMeters.Word(over.Outcome),
            _ => GrainsMeters.Word(LossCause.Left),
        };
        meters.AttemptEnded(Variant(running), end);
        SweepSpans.Attempt(id, running, running.Attempts[^1], end, (told.Event as AttemptLost)?.Reason ?? (told.Event as ExperimentEnded)?.Reason, told.Event.At);
    }

    private void ExperimentOver(Experiment ended, DateTimeOffset at)
    {
        if (ended.Outcome is not { } outcome)
            return;
        meters.ExperimentEnded(Variant(ended), outcome);
        SweepSpans.Experiment(id, ended, Variant(ended), at);
    }

    private static string EndOf(Experiment experiment, Attempt attempt) =>
        attempt.Cause is { } cause ? GrainsMeters.Word(cause)
        : attempt.Epoch == experiment.Epoch && experiment.Outcome is { } outcome ? GrainsMeters.Word(outcome)
        : GrainsMeters.Word(LossCause.Left);

    private static string? ReasonOf(Experiment experiment, Attempt attempt) => attempt.LostBecause ?? (attempt.Epoch == experiment.Epoch ? experiment.Reason : null);

    // What a retry dropped was reached all the same.
    private void Score(Sweep sweep, Experiment experiment)
    {
        if (experiment.BestScore is not { } score)
            return;
        string variant = Variant(experiment);
        if (!_best.TryGetValue(variant, out double best) || sweep.Definition.Objective.IsBetter(score, best))
            _best[variant] = score;
    }

    // A label's values must be few, whatever a journal holds.
    internal static string Variant(Experiment experiment) =>
        experiment.Configuration.Values.TryGetValue(ExperimentSettings.Preset, out string? preset) && Presets.Find(preset) is not null ? preset : GrainsMeters.OtherVariant;
}
