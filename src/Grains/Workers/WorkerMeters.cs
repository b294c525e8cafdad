using System.Diagnostics.Metrics;
using CatGan.Abstractions.Experiments;

namespace CatGan.Grains.Workers;

/// <summary>The numbers that a silo's workers give to telemetry, meter <c>CatGan</c>.</summary>
internal sealed class WorkerMeters
{
    private readonly Counter<long> _images;
    private readonly Counter<long> _experiments;
    private readonly Counter<long> _checkpointBytes;
    private readonly Histogram<double> _scores;
    private readonly UpDownCounter<int> _running;
    private readonly UpDownCounter<int> _broken;

    public WorkerMeters(IMeterFactory meters)
    {
        Meter meter = meters.Create(new MeterOptions(GrainsSetup.MeterName));
        _images = meter.CreateCounter<long>("catgan.images", "{image}", "Real pictures shown to discriminators.");
        _experiments = meter.CreateCounter<long>("catgan.experiments.ended", "{experiment}", "Experiments ended, by outcome.");
        _checkpointBytes = meter.CreateCounter<long>("catgan.checkpoints", "By", "Bytes of checkpoints written.");
        _scores = meter.CreateHistogram<double>("catgan.scores", null, "Full scores by metric.");
        _running = meter.CreateUpDownCounter<int>("catgan.experiments.running", "{experiment}", "Attempts on a slot.");
        _broken = meter.CreateUpDownCounter<int>("catgan.slots.broken", "{slot}", "Slots whose circuit breaker opened and has not closed since.");
    }

    public void Images(long images) => _images.Add(images);

    public void Ended(Outcome outcome) => _experiments.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));

    public void Checkpoint(long bytes) => _checkpointBytes.Add(bytes);

    public void Score(string metric, double value) => _scores.Record(value, new KeyValuePair<string, object?>("metric", metric));

    public void Running(int change) => _running.Add(change);

    public void Broken(int change) => _broken.Add(change);
}
