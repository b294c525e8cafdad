using System.Collections.Immutable;
using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Tests.Results;

/// <summary>Leaves in a store what a silo would: a journal of real events, curves and samples.</summary>
internal sealed class FakeSweep
{
    private readonly Journal _journal;
    private readonly Sweep _sweep;
    private long _sequence;
    private DateTimeOffset _now = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);

    private FakeSweep(IBlobStore store, string id, SweepDefinition definition)
    {
        (Store, Id) = (store, id);
        _journal = new Journal(store, StoreLayout.Journal(id));
        First = new SweepSubmitted(_now, definition, 4);
        _sweep = Sweep.Start(First, out _);
    }

    private SweepSubmitted First { get; }

    public IBlobStore Store { get; }

    public string Id { get; }

    public IReadOnlyList<Experiment> Experiments => _sweep.Experiments;

    public Sweep Sweep => _sweep;

    public static async Task<FakeSweep> StartAsync(IBlobStore store, SweepDefinition definition, string id = "cats-1")
    {
        FakeSweep fake = new(store, id, definition);
        await fake.WriteAsync(fake.First);
        await store.WriteTextAsync(StoreLayout.Spec(id), "name: cats\ndataset: builtin:drawn-cats\n");
        return fake;
    }

    /// <summary>Settings as a spec lists them.</summary>
    public static Configuration Point(params (string Name, string Value)[] settings) =>
        new(settings.Select(s => KeyValuePair.Create(s.Name, s.Value)));

    /// <summary>A sweep of exactly these points, all with the same settings: a grid that has only the last of them.</summary>
    public static SweepDefinition Define(IReadOnlyList<Configuration> points, int repeats = 1, long budget = 60_000) => new()
    {
        Name = "Four cats",
        Dataset = "builtin:drawn-cats?count=64&seed=1",
        BudgetImages = budget,
        Sampler = SamplerChoice.Of("grid"),
        Space = new ParameterSpace([.. points[^1].Select(p => new FixedParameter(p.Key, p.Value))]),
        Also = [.. points],
        Repeats = repeats,
        ReportEvery = 2_000,
        CheckpointEvery = 20_000,
        SamplesEvery = 10_000,
    };

    public async Task ApplyAsync(Func<DateTimeOffset, SweepEvent> make)
    {
        _now = _now.AddSeconds(7);
        SweepEvent sweepEvent = make(_now);
        _sweep.Apply(sweepEvent);
        await WriteAsync(sweepEvent);
    }

    public Task BeginAsync(int number, int epoch = 1) => ApplyAsync(t => new AttemptStarted(t, number, epoch, "box/cpu/0"));

    public Task LoseAsync(int number, int epoch = 1) => ApplyAsync(t => new AttemptLost(t, number, epoch, "its silo was lost"));

    public Task CheckpointAsync(int number, long images, int epoch = 1) => ApplyAsync(
        t => new CheckpointSaved(t, number, epoch, images, images / 64, images / 100.0, $"checkpoint-{number}-{images}", new string('a', 64), 1000));

    public Task RungAsync(int number, long images, double swd, int epoch = 1) =>
        ApplyAsync(t => new RungReached(t, number, epoch, images, Scores(swd)));

    public Task EndAsync(
        int number, long images, double? swd, ExperimentOutcome outcome = ExperimentOutcome.Completed, string? reason = null, int epoch = 1, params (string Flag, string Why)[] flags) =>
        ApplyAsync(t => new ExperimentEnded(t, number, epoch, outcome, reason,
            flags.ToImmutableSortedDictionary(f => f.Flag, f => f.Why), images, images / 64, images / 100.0, swd is { } value ? Scores(value) : ImmutableSortedDictionary<string, double>.Empty));

    public async Task CurveAsync(int number, int epoch, params IEnumerable<CurvePoint> points)
    {
        string text = string.Concat(points.Select(p => JsonSerializer.Serialize(p) + "\n"));
        await Store.WriteTextAsync(StoreLayout.Curve(Id, number, epoch), text);
    }

    public async Task SamplesAsync(int number, long images, int epoch, byte[] png) =>
        await Store.WriteBytesAsync(StoreLayout.Samples(Id, number, images, epoch), png);

    /// <summary>A report; with a score when <paramref name="swd"/> is given.</summary>
    public static CurvePoint Report(long images, double? swd = null, bool full = false, double lossD = 0.7, double lossG = 1.1) => new()
    {
        Images = images,
        Updates = images / 64,
        Seconds = images / 100.0,
        ImagesPerSecond = 100,
        LossD = lossD,
        LossG = lossG,
        Full = full,
        Scores = swd is { } value
            ? new Dictionary<string, Score> { ["swd"] = new(value, full ? 5 : 8, 0.4, full ? 2048 : 256, full ? 64 : 32) }.ToImmutableSortedDictionary()
            : ImmutableSortedDictionary<string, Score>.Empty,
    };

    private static ImmutableSortedDictionary<string, double> Scores(double swd) => ImmutableSortedDictionary<string, double>.Empty.Add("swd", swd);

    private async Task WriteAsync(SweepEvent sweepEvent) =>
        await _journal.AppendAsync(++_sequence, Guid.NewGuid(), [SweepEvents.Write(sweepEvent)], CancellationToken.None);
}
