using System.Diagnostics.Metrics;
using System.Text.Json;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Telemetry;
using CatGan.Search;

namespace CatGan.Grains.Telemetry;

/// <summary>
/// Every instrument that grains and workers raise, those that <see cref="SiloGauges"/> shows apart. docs/telemetry.md
/// lists them, and a test holds the two equal.
/// </summary>
internal sealed class GrainsMeters
{
    /// <summary>The variant of an experiment whose settings start from no preset that this version knows.</summary>
    public const string OtherVariant = "other";

    /// <summary>What a stale attempt may have tried.</summary>
    public const string Report = "report", Record = "record";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200],
    };

    private static readonly InstrumentAdvice<long> Bytes = new()
    {
        HistogramBucketBoundaries = [1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26, 1 << 28, 1 << 30, 1L << 32],
    };

    private static readonly InstrumentAdvice<int> Batches = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000] };

    private readonly Counter<long> _started;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _experiments;
    private readonly Counter<long> _leases;
    private readonly Counter<long> _refused;
    private readonly Histogram<long> _checkpointSize;
    private readonly Histogram<double> _checkpoint;
    private readonly Counter<long> _checkpointsLost;
    private readonly Histogram<double> _flush;
    private readonly Histogram<int> _batch;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _wait;

    public GrainsMeters(IMeterFactory meters)
    {
        Meter meter = meters.Create(new MeterOptions(TelemetryNames.CatGan));
        _started = meter.CreateCounter<long>("catgan.attempt.started", "{attempt}", "Attempts whose start is journaled.");
        _ended = meter.CreateCounter<long>("catgan.attempt.ended", "{attempt}", "Attempts whose end is journaled, by how it came.");
        _experiments = meter.CreateCounter<long>("catgan.experiment.ended", "{experiment}", "Experiments that came to an end, by outcome.");
        _leases = meter.CreateCounter<long>("catgan.lease.lost", "{lease}", "Slots taken back from workers that showed no sign of life.");
        _refused = meter.CreateCounter<long>("catgan.epoch.refused", "{message}", "Messages of attempts that a newer attempt or an end has overtaken.");
        _checkpointSize = meter.CreateHistogram("catgan.checkpoint.size", "By", "Lengths of checkpoints that reached the store.", null, Bytes);
        _checkpoint = meter.CreateHistogram("catgan.checkpoint.duration", "s", "From a checkpoint's copy until it is in the store.", null, Seconds);
        _checkpointsLost = meter.CreateCounter<long>("catgan.checkpoint.lost", "{checkpoint}", "Checkpoints that the store did not take.");
        _flush = meter.CreateHistogram("catgan.journal.flush.duration", "s", "From a batch's first try until the journal has it.", null, Seconds);
        _batch = meter.CreateHistogram("catgan.journal.batch.size", "{event}", "Events that were journaled together.", null, Batches);
        _failures = meter.CreateCounter<long>("catgan.store.failures", "{call}", "Calls of the store that failed, made again or not, by what they were for.");
        _wait = meter.CreateHistogram("catgan.queue.wait.duration", "s", "How long an experiment waited for its slot.", null, Seconds);
    }

    /// <summary>
    /// Begins every counter at 0 for each value of its labels: what begins with its first event has none in
    /// <c>increase</c> and <c>rate</c>. Call it when whoever listens is there.
    /// </summary>
    public void Begin()
    {
        _leases.Add(0);
        _checkpointsLost.Add(0);
        foreach (string message in (string[])[Report, Record])
            _refused.Add(0, Tag(TelemetryNames.Message, message));
        foreach (StoreWork work in Enum.GetValues<StoreWork>())
            _failures.Add(0, Tag(TelemetryNames.Operation, Word(work)));
        string[] outcomes = [.. Enum.GetValues<ExperimentOutcome>().Select(Word)];
        foreach (KeyValuePair<string, object?> variant in Presets.All.Select(p => p.Preset).Append(OtherVariant).Select(v => Tag(TelemetryNames.Variant, v)))
        {
            _started.Add(0, variant);
            foreach (string outcome in outcomes)
                _experiments.Add(0, variant, Tag(TelemetryNames.Outcome, outcome));
            foreach (string end in Enum.GetValues<LossCause>().Select(Word).Union(outcomes))
                _ended.Add(0, variant, Tag(TelemetryNames.End, end));
        }
    }

    public void AttemptStarted(string variant) => _started.Add(1, Tag(TelemetryNames.Variant, variant));

    public void AttemptEnded(string variant, string end) => _ended.Add(1, Tag(TelemetryNames.Variant, variant), Tag(TelemetryNames.End, end));

    public void ExperimentEnded(string variant, ExperimentOutcome outcome) =>
        _experiments.Add(1, Tag(TelemetryNames.Variant, variant), Tag(TelemetryNames.Outcome, Word(outcome)));

    public void LeaseLost() => _leases.Add(1);

    /// <summary>Refuses a stale attempt's message.</summary>
    /// <param name="message"><see cref="Report"/> or <see cref="Record"/>.</param>
    public void Refused(string message) => _refused.Add(1, Tag(TelemetryNames.Message, message));

    public void Checkpoint(long bytes, TimeSpan took)
    {
        _checkpointSize.Record(bytes);
        _checkpoint.Record(took.TotalSeconds);
    }

    public void CheckpointLost() => _checkpointsLost.Add(1);

    public void Flushed(int events, TimeSpan took)
    {
        _flush.Record(took.TotalSeconds);
        _batch.Record(events);
    }

    /// <summary>A call of the store failed and is made again, or its work is given up.</summary>
    public void StoreFailed(StoreWork work) => _failures.Add(1, Tag(TelemetryNames.Operation, Word(work)));

    public void Granted(TimeSpan waited) => _wait.Record(waited.TotalSeconds);

    /// <summary>A value of an enumeration as labels write it: <c>out_of_memory</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => Words<T>.Of[value];

    private static KeyValuePair<string, object?> Tag(string label, string value) => new(label, value);

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));
    }
}

/// <summary>What a call of the store was for.</summary>
internal enum StoreWork
{
    /// <summary>A batch of a journal.</summary>
    Journal,

    /// <summary>A checkpoint on its way to the store.</summary>
    Checkpoint,

    /// <summary>Data and checkpoint, before an attempt can train.</summary>
    Prepare,

    /// <summary>A curve, a log, an event file or pictures.</summary>
    Record,

    /// <summary>Looking for unfinished sweeps.</summary>
    List,
}
