using System.Collections.Immutable;
using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Bench.Serving;

/// <summary>Leaves in a store what silos leave of a large sweep: journal, snapshots, curves. Scores follow from the numbers.</summary>
internal sealed class BigSweep
{
    private const int BatchEvents = 40;
    private const long ImagesAReport = 1000;
    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly IBlobStore _store;
    private readonly Journal _journal;
    private readonly Sweep _sweep;
    private readonly List<ReadOnlyMemory<byte>> _open = [];
    private readonly int _reports;
    private long _sequence;
    private int _next = 1;

    private BigSweep(IBlobStore store, string id, int experiments, int reports)
    {
        (_store, Id, _reports) = (store, id, reports);
        _journal = new Journal(store, StoreLayout.Journal(id));
        SweepSubmitted submitted = new(_start, Definition(experiments, reports), 8);
        _sweep = Sweep.Start(submitted, out _);
        _open.Add(SweepEvents.Write(submitted));
    }

    public string Id { get; }

    /// <summary>Writes a sweep of which so many experiments have ended.</summary>
    public static async Task<BigSweep> WriteAsync(IBlobStore store, string id, int experiments, int ended, int reports)
    {
        BigSweep sweep = new(store, id, experiments, reports);
        await store.WriteTextAsync(StoreLayout.Spec(id), $"name: {id}\n");
        await store.WriteTextAsync(StoreLayout.Active(id), "");
        for (int n = 0; n < ended; n++)
            await sweep.EndNextAsync();
        await sweep.FlushAsync();
        await sweep._journal.WriteSnapshotAsync(sweep._sequence, sweep._sweep.Snapshot(), CancellationToken.None);
        if (sweep._sweep.HasEnded)
        {
            await store.WriteBytesAsync(StoreLayout.Summary(id), SweepSummary.Of(id, sweep._sweep).Write());
            await store.DeleteAsync(StoreLayout.Active(id), CancellationToken.None);
        }
        return sweep;
    }

    /// <summary>The next experiment begins, reaches its rungs and ends.</summary>
    public async Task EndNextAsync()
    {
        int number = _next++;
        double best = 5 + 95 * ((number * 7919L) % 10_007 / 10_007.0);
        await ApplyAsync(new AttemptStarted(_start, number, 1, $"silo/cpu/{number % 8}"));
        foreach (long images in _sweep.Definition.Rungs)
            await ApplyAsync(new RungReached(_start, number, 1, images, Scores(best * (1 + (double)images / _sweep.Definition.BudgetImages))));
        await ApplyAsync(new ExperimentEnded(
            _start, number, 1, ExperimentOutcome.Completed, null, ImmutableSortedDictionary<string, string>.Empty, _sweep.Definition.BudgetImages, _sweep.Definition.BudgetImages / 64, 60, Scores(best)));
        WriteCurve(number, best);
    }

    /// <summary>Makes what has happened durable.</summary>
    public async Task FlushAsync()
    {
        if (_open.Count == 0)
            return;
        await _journal.AppendAsync(++_sequence, Guid.NewGuid(), [.. _open], CancellationToken.None);
        _open.Clear();
    }

    private async Task ApplyAsync(SweepEvent sweepEvent)
    {
        _sweep.Apply(sweepEvent);
        _open.Add(SweepEvents.Write(sweepEvent));
        if (_open.Count >= BatchEvents)
            await FlushAsync();
    }

    // Past the store's interface: it would sync each of ten thousand files to the disk.
    private void WriteCurve(int number, double best)
    {
        string file = Path.Combine(_store.Uri["file:".Length..], StoreLayout.Curve(Id, number, 1));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, Enumerable.Range(1, _reports).Select(i => JsonSerializer.Serialize(Report(i, best))));
    }

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
