using System.Diagnostics;
using System.Diagnostics.Metrics;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Telemetry;
using CatGan.Training.Metrics;
using CatGan.Training.Verdicts;

namespace CatGan.Training.Telemetry;

/// <summary>
/// Every instrument that training raises. All of them are raised once a report or once a checkpoint, never once a step.
/// docs/telemetry.md lists them, and a test holds the two equal.
/// </summary>
public sealed class TrainingMeters
{
    // Losses and norms go over many magnitudes, and a critic's loss is negative where it is doing well.
    private static readonly InstrumentAdvice<double> Signed = new()
    {
        HistogramBucketBoundaries = [-1000, -100, -10, -5, -2, -1, -0.5, -0.1, 0, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 100, 1000],
    };

    private static readonly InstrumentAdvice<double> Magnitude = new()
    {
        HistogramBucketBoundaries = [1e-5, 1e-4, 1e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000, 1e5],
    };

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [1e-5, 1e-4, 5e-4, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private readonly Counter<long> _images;
    private readonly Counter<long> _updates;
    private readonly Counter<long> _steps;
    private readonly Counter<double> _time;
    private readonly Histogram<double> _step;
    private readonly Histogram<double> _data;
    private readonly Histogram<double> _loss;
    private readonly Histogram<double> _norm;
    private readonly Dictionary<string, Histogram<double>> _scores;
    private readonly Counter<long> _verdicts;
    private readonly Histogram<double> _stall;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meter">The meter <see cref="TelemetryNames.CatGan"/>.</param>
    public TrainingMeters(Meter meter)
    {
        _images = meter.CreateCounter<long>("catgan.training.images", "{image}", "Real pictures shown to discriminators.");
        _updates = meter.CreateCounter<long>("catgan.training.updates", "{update}", "Generator updates.");
        _steps = meter.CreateCounter<long>("catgan.training.steps", "{step}", "Training steps: discriminator updates, with the generator's where one was due.");
        _time = meter.CreateCounter<double>("catgan.training.time", "s", "Time of training threads, by what it went into.");
        _step = meter.CreateHistogram("catgan.training.step.duration", "s", "A training step without its wait for data, the mean of a report's window.", null, Seconds);
        _data = meter.CreateHistogram("catgan.training.data.duration", "s", "A step's wait for its batch of pictures, the mean of a report's window.", null, Seconds);
        _loss = meter.CreateHistogram("catgan.training.loss", "1", "Mean losses of a report's window.", null, Signed);
        _norm = meter.CreateHistogram("catgan.training.gradient.norm", "1", "Euclidean norm of all gradients of a network, at a report.", null, Magnitude);
        _scores = MetricCatalogue.All.ToDictionary(m => m.Name, m => meter.CreateHistogram(
            $"catgan.training.score.{m.Name}", "1", $"Scores of the averaged generator by the metric {m.Name}.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = m.Boundaries }));
        _verdicts = meter.CreateCounter<long>("catgan.training.verdicts", "{verdict}", "Flags raised: stuck, collapsed, diverged.");
        _stall = meter.CreateHistogram("catgan.checkpoint.stall.duration", "s", "Time that a checkpoint held its training up.", null, Seconds);
    }

    /// <summary>Names of the metrics that experiments are scored with.</summary>
    public static IReadOnlyList<string> Metrics { get; } = [.. MetricCatalogue.All.Select(m => m.Name)];

    /// <summary>
    /// Begins every counter at 0 for each value of its labels: what begins with its first event has none in
    /// <c>increase</c> and <c>rate</c>. Call it when whoever listens is there.
    /// </summary>
    public void Begin()
    {
        foreach (string preset in Presets.All.Select(p => p.Preset))
        {
            KeyValuePair<string, object?> variant = new(TelemetryNames.Variant, preset);
            _images.Add(0, variant);
            _updates.Add(0, variant);
            _steps.Add(0, variant);
            foreach (string activity in TrainingActivities.All)
                _time.Add(0, variant, new(TelemetryNames.Activity, activity));
            foreach (string flag in Flags.All)
                _verdicts.Add(0, variant, new(TelemetryNames.Verdict, flag));
        }
    }

    /// <summary>True when somebody wants gradient norms, which cost a wait for the device.</summary>
    internal bool WantsNorms => _norm.Enabled;

    /// <summary>Raises all that one report tells.</summary>
    internal void Report(ReportFacts facts)
    {
        TagList variant = new() { { TelemetryNames.Variant, facts.Variant } };
        _images.Add(facts.Images, variant);
        _updates.Add(facts.Updates, variant);
        _steps.Add(facts.Steps, variant);
        Time(facts.Variant, TrainingActivities.Compute, facts.Compute);
        Time(facts.Variant, TrainingActivities.Data, facts.Data);
        Time(facts.Variant, TrainingActivities.Report, facts.Reporting);
        if (facts.Steps > 0)
        {
            _step.Record(facts.Compute.TotalSeconds / facts.Steps, variant);
            _data.Record(facts.Data.TotalSeconds / facts.Steps, variant);
        }
        Pair(_loss, facts.Variant, facts.LossD, facts.LossG);
        Pair(_norm, facts.Variant, facts.NormD, facts.NormG);
        foreach ((string metric, double value) in facts.Scores)
            Score(metric, value, facts);
        foreach (string flag in facts.Raised)
            _verdicts.Add(1, new(TelemetryNames.Variant, facts.Variant), new(TelemetryNames.Verdict, flag));
    }

    /// <summary>A checkpoint held training up for so long.</summary>
    internal void Stall(string variant, TimeSpan held)
    {
        _stall.Record(held.TotalSeconds, new KeyValuePair<string, object?>(TelemetryNames.Variant, variant));
        Time(variant, TrainingActivities.Checkpoint, held);
    }

    private void Score(string metric, double value, ReportFacts facts)
    {
        if (double.IsFinite(value) && _scores.TryGetValue(metric, out Histogram<double>? scores))
            scores.Record(value, new(TelemetryNames.Variant, facts.Variant), new(TelemetryNames.Score, facts.Full ? "full" : "quick"));
    }

    private void Time(string variant, string activity, TimeSpan spent)
    {
        if (spent > TimeSpan.Zero)
            _time.Add(spent.TotalSeconds, new(TelemetryNames.Variant, variant), new(TelemetryNames.Activity, activity));
    }

    // What is not finite is told by the verdict; a histogram's sum would be spoiled by it for good.
    private static void Pair(Histogram<double> histogram, string variant, double? discriminator, double? generator)
    {
        if (discriminator is { } d && double.IsFinite(d))
            histogram.Record(d, new(TelemetryNames.Variant, variant), new(TelemetryNames.Network, "discriminator"));
        if (generator is { } g && double.IsFinite(g))
            histogram.Record(g, new(TelemetryNames.Variant, variant), new(TelemetryNames.Network, "generator"));
    }
}
