using System.Diagnostics;
using CatGan.Abstractions.Telemetry;
using CatGan.Search;

namespace CatGan.Grains.Telemetry;

/// <summary>The spans that outlast processes: told when the journal has their ends, from the times that it holds.</summary>
internal static class SweepSpans
{
    public static void Sweep(string id, Sweep sweep, DateTimeOffset at) => Tell("sweep", SweepTrace.Sweep(id), SweepTrace.Above(id), sweep.SubmittedAt, at, span =>
    {
        span.SetTag(TelemetryNames.Sweep, id);
        span.SetTag(TelemetryNames.Phase, GrainsMeters.Word(sweep.Stage));
    });

    public static void Experiment(string id, Experiment experiment, string variant, DateTimeOffset at) => Tell(
        "experiment",
        SweepTrace.Experiment(id, experiment.Number),
        SweepTrace.Sweep(id),
        experiment.Attempts.IsEmpty ? at : experiment.Attempts[0].StartedAt,
        at,
        span =>
        {
            span.SetTag(TelemetryNames.Sweep, id);
            span.SetTag(TelemetryNames.Experiment, experiment.Number);
            span.SetTag(TelemetryNames.Variant, variant);
            span.SetTag(TelemetryNames.Outcome, GrainsMeters.Word(experiment.Outcome!.Value));
            span.SetTag(TelemetryNames.Images, experiment.Images);
            Fault(span, experiment.Outcome is ExperimentOutcome.Failed or ExperimentOutcome.OutOfMemory, experiment.Reason);
        });

    public static void Attempt(string id, Experiment experiment, Attempt attempt, string end, string? reason, DateTimeOffset at) => Tell(
        "attempt",
        SweepTrace.Attempt(id, experiment.Number, attempt.Epoch),
        SweepTrace.Experiment(id, experiment.Number),
        attempt.StartedAt,
        at,
        span =>
        {
            span.SetTag(TelemetryNames.Sweep, id);
            span.SetTag(TelemetryNames.Experiment, experiment.Number);
            span.SetTag(TelemetryNames.Epoch, attempt.Epoch);
            span.SetTag(TelemetryNames.Worker, attempt.Worker);
            span.SetTag(TelemetryNames.End, end);
            Fault(span, end is "worker_lost" or "store_failed" or "failed" or "out_of_memory", reason);
        });

    private static void Fault(Activity span, bool fault, string? reason)
    {
        if (reason is not null)
            span.SetTag(TelemetryNames.Reason, reason);
        if (fault)
            span.SetStatus(ActivityStatusCode.Error, reason);
    }

    private static void Tell(string name, ActivityContext self, ActivityContext parent, DateTimeOffset from, DateTimeOffset to, Action<Activity> describe)
    {
        if (CatGanSpans.Wanted)
            CatGanSpans.Tell(name, self, parent, from, to < from ? from : to, describe);
    }
}
