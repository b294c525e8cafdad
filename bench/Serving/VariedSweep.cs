using System.Collections.Immutable;
using System.Globalization;
using CatGan.Abstractions.Experiments;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Bench.Serving;

/// <summary>
/// A large sweep as one looks at it: four variants with a valley of learning rates each, two repeats, experiments that were
/// stopped at rungs, diverged, collapsed or failed, and a silo that was lost now and then. All of it from the numbers alone.
/// </summary>
internal sealed class VariedSweep
{
    private const int Slots = 16, SlotsASilo = 4, Reports = 60;
    private const long ImagesAReport = 1000, Budget = Reports * ImagesAReport;
    private const double SecondsAReport = 9;
    private static readonly long[] _rungs = [6_000, 12_000, 24_000, 42_000];

    private readonly SweepWriter _writer;
    private readonly DateTimeOffset[] _free;
    private readonly Dictionary<long, List<double>> _seen = _rungs.ToDictionary(r => r, _ => new List<double>());
    private readonly Random _chance = new(7);
    private int _next = 1;

    private VariedSweep(SweepWriter writer, DateTimeOffset start) => (_writer, _free) = (writer, [.. Enumerable.Repeat(start, Slots)]);

    /// <summary>Writes a sweep of which so many experiments have ended.</summary>
    public static async Task<VariedSweep> WriteAsync(IBlobStore store, string id, int experiments, int ended, DateTimeOffset start)
    {
        SweepDefinition definition = Definition(experiments);
        VariedSweep sweep = new(await SweepWriter.StartAsync(store, id, new(start, definition, Slots), $"name: {definition.Name}\n"), start);
        while (sweep._next <= ended)
            await sweep.EndNextAsync();
        await sweep._writer.CloseAsync();
        return sweep;
    }

    /// <summary>True while there are experiments that have not ended.</summary>
    public bool GoesOn => _next <= _writer.Sweep.Experiments.Count;

    /// <summary>Makes what has happened durable.</summary>
    public Task FlushAsync() => _writer.FlushAsync();

    /// <summary>The next experiment begins on the slot that is free first, and ends.</summary>
    public async Task EndNextAsync()
    {
        Experiment experiment = _writer.Sweep.Experiments[_next++ - 1];
        int slot = Array.IndexOf(_free, _free.Min()), epoch = 1;
        await _writer.ApplyAsync(new AttemptStarted(_free[slot], experiment.Number, epoch, Worker(slot)));
        if (experiment.Number % 700 < SlotsASilo && experiment.Number > SlotsASilo)
        {
            _free[slot] += TimeSpan.FromSeconds(40);
            await _writer.ApplyAsync(new AttemptLost(_free[slot], experiment.Number, epoch++, "its silo was lost: membership declared it dead", LossCause.WorkerLost));
            _free[slot] += TimeSpan.FromSeconds(12);
            await _writer.ApplyAsync(new AttemptStarted(_free[slot], experiment.Number, epoch, Worker(slot)));
        }
        await TrainAsync(experiment, epoch, slot);
    }

    private async Task TrainAsync(Experiment experiment, int epoch, int slot)
    {
        DateTimeOffset start = _free[slot];
        (double final, bool diverges) = Quality(experiment.Configuration);
        List<CurvePoint> curve = [];
        (ExperimentOutcome outcome, string? reason, double? last) = (ExperimentOutcome.Completed, null, null);
        ImmutableSortedDictionary<string, string> flags = ImmutableSortedDictionary<string, string>.Empty;
        int until = diverges ? 2 + _chance.Next(12) : experiment.Number % 173 == 0 ? 20 : Reports;
        for (int i = 1; i <= until && reason is null; i++)
        {
            long images = i * ImagesAReport;
            double score = At(final, images);
            bool rung = _rungs.Contains(images);
            curve.Add(Report(i, score, rung || i == Reports));
            if (!rung)
                continue;
            last = score;
            await _writer.ApplyAsync(new RungReached(start.AddSeconds(i * SecondsAReport), experiment.Number, epoch, images, Scores(score)));
            if (IsWorse(images, score))
                (outcome, reason) = (ExperimentOutcome.Stopped, $"worse than the better half at {images:N0} images");
        }
        if (reason is null && diverges)
            (outcome, reason, last) = (ExperimentOutcome.Diverged, "loss_d is NaN", null);
        else if (reason is null && until < Reports)
            (outcome, reason, last) = (ExperimentOutcome.Failed, "the device gave an error: illegal memory access", null);
        else if (reason is null)
            last = At(final, Budget);
        if (outcome == ExperimentOutcome.Completed && experiment.Number % 19 == 0)
            flags = flags.Add("collapsed", "Pairs of fakes have an MS-SSIM of 0.83, pairs of real pictures 0.13: the generator makes the same few pictures.");
        long shown = curve.Count * ImagesAReport;
        _free[slot] = start.AddSeconds(curve.Count * SecondsAReport + 2);
        await _writer.ApplyAsync(new ExperimentEnded(
            _free[slot], experiment.Number, epoch, outcome, reason, flags, shown, shown / 64, curve.Count * SecondsAReport, last is { } value ? Scores(value) : Scores(null)));
        _writer.WriteCurve(experiment.Number, epoch, curve);
    }

    // The first of each rung go on whatever they scored.
    private bool IsWorse(long images, double score)
    {
        List<double> seen = _seen[images];
        seen.Add(score);
        return seen.Count > 20 && seen.Count(s => s < score) > seen.Count / 2;
    }

    private (double Score, bool Diverges) Quality(Configuration configuration)
    {
        (double floor, double bestD, double bestG) = configuration["preset"] switch
        {
            "dcgan" => (14.0, -3.6, -3.5),
            "lsgan" => (17.0, -3.4, -3.2),
            "wgan" => (15.5, -4.1, -4.0),
            _ => (12.5, -3.8, -3.7),
        };
        (double d, double g) = (Rate(configuration, "lr_d") - bestD, Rate(configuration, "lr_g") - bestG);
        double noise = Math.Exp(0.13 * (_chance.NextDouble() + _chance.NextDouble() - 1));
        return (floor * Math.Exp(0.9 * (d * d + 0.7 * g * g - 0.8 * d * g)) * noise, d > 1.1 && _chance.NextDouble() < d - 0.8);
    }

    private static double Rate(Configuration configuration, string name) => Math.Log10(double.Parse(configuration[name], CultureInfo.InvariantCulture));

    private static double At(double final, long images) => final * (1 + 3 * Math.Exp(-6.0 * images / Budget));

    private static string Worker(int slot) => $"silo-{(char)('a' + slot / SlotsASilo)}/cuda:{slot % SlotsASilo}/0";

    private static CurvePoint Report(int i, double score, bool full) => new()
    {
        Images = i * ImagesAReport,
        Updates = i * ImagesAReport / 64,
        Seconds = i * SecondsAReport,
        ImagesPerSecond = ImagesAReport / SecondsAReport + 4 * Math.Sin(i),
        LossD = 0.6 + 0.1 * Math.Sin(i) + 0.4 / i,
        LossG = 1.1 + 0.2 * Math.Cos(i) + 2.0 / i,
        Full = full,
        Scores = i % 2 == 0 || full
            ? ImmutableSortedDictionary<string, Score>.Empty.Add("swd", new(full ? score : 1.4 * score, 7, 0.3, full ? 2048 : 256, 64) { Parts = [1, 2, 3] })
            : ImmutableSortedDictionary<string, Score>.Empty,
    };

    private static ImmutableSortedDictionary<string, double> Scores(double? swd) => swd is { } value
        ? ImmutableSortedDictionary<string, double>.Empty.Add("swd", value)
        : ImmutableSortedDictionary<string, double>.Empty;

    private static SweepDefinition Definition(int experiments) => new()
    {
        Name = "learning rates of four GANs",
        Tags = ["big", "drawn"],
        Note = "A valley for each variant; written by the bench, not trained.",
        Dataset = "builtin:drawn-cats",
        BudgetImages = Budget,
        Sampler = SamplerChoice.Of("random"),
        Configurations = (experiments + 1) / 2,
        Repeats = 2,
        Space = new(
        [
            new ChoiceParameter("preset", ["dcgan", "lsgan", "wgan", "wgan-gp"]), new FixedParameter("size", "32"), new FixedParameter("hidden", "16"),
            new LogUniformParameter("lr_d", 1e-5, 1e-2), new LogUniformParameter("lr_g", 1e-5, 1e-2), new ChoiceParameter("batch", ["32", "64", "128"]),
        ]),
        ReportEvery = ImagesAReport,
        CheckpointEvery = 10 * ImagesAReport,
        SamplesEvery = 10 * ImagesAReport,
        Rungs = [.. _rungs],
    };
}
