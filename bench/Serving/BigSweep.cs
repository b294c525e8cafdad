using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Bench.Serving;

/// <summary>Leaves in a store what silos leave of a large sweep: journal, snapshots, curves. Scores follow from the numbers.</summary>
internal sealed class BigSweep
{
    private const long ImagesAReport = 1000;
    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SweepWriter _writer;
    private readonly int _reports;
    private int _next = 1;

    private BigSweep(SweepWriter writer, int reports) => (_writer, _reports) = (writer, reports);

    /// <summary>Writes a sweep of which so many experiments have ended.</summary>
    public static async Task<BigSweep> WriteAsync(IBlobStore store, string id, int experiments, int ended, int reports)
    {
        SweepSubmitted submitted = new(_start, Definition(experiments, reports), 8);
        BigSweep sweep = new(await SweepWriter.StartAsync(store, id, submitted, $"name: {id}\n"), reports);
        for (int n = 0; n < ended; n++)
            await sweep.EndNextAsync();
        await sweep._writer.CloseAsync();
        return sweep;
    }

    /// <summary>The next experiment begins, reaches its rungs and ends.</summary>
    public async Task EndNextAsync()
    {
        int number = _next++;
        double best = 5 + 95 * ((number * 7919L) % 10_007 / 10_007.0);
        SweepDefinition definition = _writer.Sweep.Definition;
        await _writer.ApplyAsync(new AttemptStarted(_start, number, 1, $"silo/cpu/{number % 8}"));
        foreach (long images in definition.Rungs)
            await _writer.ApplyAsync(new RungReached(_start, number, 1, images, Scores(best * (1 + (double)images / definition.BudgetImages))));
        await _writer.ApplyAsync(new ExperimentEnded(
            _start, number, 1, ExperimentOutcome.Completed, null, ImmutableSortedDictionary<string, string>.Empty, definition.BudgetImages, definition.BudgetImages / 64, 60, Scores(best)));
        _writer.WriteCurve(number, 1, Enumerable.Range(1, _reports).Select(i => Report(i, best)));
    }

    /// <summary>Makes what has happened durable.</summary>
    public Task FlushAsync() => _writer.FlushAsync();

    private CurvePoint Report(int i, double best) => new()
    {
        Images = i * ImagesAReport,
        Updates = i * ImagesAReport / 64,
        Seconds = i,
        ImagesPerSecond = 1000,
        LossD = 0.6 + 0.1 * Math.Sin(i),
        LossG = 1.1 + 0.2 * Math.Cos(i),
        Full = i == _reports,
        Scores = i % 6 == 0 || i == _reports
            ? ImmutableSortedDictionary<string, Score>.Empty.Add("swd", new(best * (2 - (double)i / _reports), 4, 0.3, 2048, 64) { Parts = [1, 2, 3] })
            : ImmutableSortedDictionary<string, Score>.Empty,
    };

    private static ImmutableSortedDictionary<string, double> Scores(double swd) => ImmutableSortedDictionary<string, double>.Empty.Add("swd", swd);

    private static SweepDefinition Definition(int experiments, int reports) => new()
    {
        Name = "big",
        Dataset = "builtin:drawn-cats",
        BudgetImages = reports * ImagesAReport,
        Sampler = SamplerChoice.Of("random"),
        Configurations = experiments,
        Space = new(
        [
            new ChoiceParameter("preset", ["dcgan", "lsgan", "wgan", "wgan-gp"]), new FixedParameter("size", "32"), new FixedParameter("hidden", "16"),
            new LogUniformParameter("lr_d", 1e-5, 1e-2), new LogUniformParameter("lr_g", 1e-5, 1e-2),
        ]),
        ReportEvery = ImagesAReport,
        CheckpointEvery = 10 * ImagesAReport,
        SamplesEvery = 10 * ImagesAReport,
        Rungs = [.. Enumerable.Range(1, 5).Select(r => r * reports * ImagesAReport / 6)],
    };
}
