using CatGan.Abstractions.Experiments;
using CatGan.Search;

namespace CatGan.Grains.Telemetry;

/// <summary>
/// Tells telemetry what a sweep's journal took: counters, the sums of <see cref="LiveSweeps"/>, and the spans of what is
/// over. Only what is durable is told, and once; a replay tells nothing.
/// </summary>
internal sealed class SweepTelemetry(string id, GrainsMeters meters, LiveSweeps.Entry live)
{
    /// <summary>A running attempt showed something new.</summary>
    public void Progressed() => live.Progressed();

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
    public void Show(Sweep? sweep, bool held) => live.Figures = sweep is null or { HasEnded: true } ? null : new SweepFigures(
        sweep.Stage,
        held,
        sweep.WaitingCount,
        sweep.RunningCount,
        sweep.PausedCount,
        sweep.Images,
        sweep.Definition.BudgetImages >= TrainingPlan.NoLimit ? 0 : sweep.Total * sweep.Definition.BudgetImages);

    /// <summary>The activation ends: the sweep is no more this silo's.</summary>
    public void Close() => live.Dispose();

    private void Tell(Sweep sweep, Told told)
    {
        if (told.Event is AttemptStarted or CheckpointSaved or RungReached or ExperimentEnded or SweepSubmitted or Resumed)
            live.Progressed();
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
        SweepSpans.Attempt(id, running, end, (told.Event as AttemptLost)?.Reason ?? (told.Event as ExperimentEnded)?.Reason, told.Event.At);
    }

    private void ExperimentOver(Experiment ended, DateTimeOffset at)
    {
        if (ended.Outcome is not { } outcome)
            return;
        meters.ExperimentEnded(Variant(ended), outcome);
        SweepSpans.Experiment(id, ended, Variant(ended), at);
    }

    // A label's values must be few, whatever a journal holds.
    internal static string Variant(Experiment experiment) =>
        experiment.Configuration.Values.TryGetValue(ExperimentSettings.Preset, out string? preset) && Presets.Find(preset) is not null ? preset : "other";
}
