using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Sweeps;
using CatGan.Grains.Workers;
using CatGan.Search;
using CatGan.Storage;
using CatGan.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace CatGan.Grains.Tests.Support;

/// <summary>Silos in this process over a store in memory, with trainers that train nothing.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private TestCluster(InProcessTestCluster cluster, FakeTrainers trainers) => (_cluster, Trainers) = (cluster, trainers);

    public FakeTrainers Trainers { get; }

    public IGrainFactory Grains => _cluster.Client;

    public static GrainsTiming Timing { get; } = new() { SingleSilo = true, ListenEvery = TimeSpan.FromMilliseconds(50), WakeEvery = TimeSpan.FromMilliseconds(200), AnswerWithin = TimeSpan.FromMilliseconds(50) };

    public static async Task<TestCluster> StartAsync(
        IBlobStore store, int slots = 2, GrainsTiming? timing = null, FakeTrainers? trainers = null, IIncomingGrainCallFilter? calls = null)
    {
        trainers ??= new FakeTrainers();
        InProcessTestClusterBuilder builder = new(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<ITrainerFactory>(trainers);
            silo.Services.AddLogging(l => l.SetMinimumLevel(LogLevel.Warning));
            silo.Services.AddCatGanGrains(store, Workers(slots), timing ?? Timing);
            silo.Services.AddCatGanWork();
            if (calls is not null)
                silo.AddIncomingGrainCallFilter(calls);
        });
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestCluster(cluster, trainers);
    }

    /// <summary>A service of its silo.</summary>
    public T Service<T>()
        where T : notnull => _cluster.Silos[0].ServiceProvider.GetRequiredService<T>();

    public ISweepGrain Sweep(string id) => Grains.GetGrain<ISweepGrain>(id);

    public async Task<SweepStatus> StatusAsync(string id) =>
        await Sweep(id).GetStatus(new StatusRequest(1, 100, false), CancellationToken.None) ?? throw new InvalidOperationException($"no sweep {id}");

    /// <summary>Ends without any goodbye of the workers.</summary>
    public Task KillAsync() => _cluster.KillSiloAsync(_cluster.Silos[0]);

    public Task StopAsync() => _cluster.StopSiloAsync(_cluster.Silos[0]);

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private static WorkerOptions Workers(int slots) => new()
    {
        Silo = $"silo-{Guid.NewGuid():N}",
        Devices = slots == 0 ? [] : [TrainingDevice.Cpu(slots)],
    };
}

/// <summary>Small sweeps.</summary>
internal static class Sweeps
{
    public static SweepDefinition Definition(int experiments = 4, long budget = 1000) => new()
    {
        Name = "small",
        Dataset = "builtin:drawn-cats",
        BudgetImages = budget,
        Configurations = experiments,
        ReportEvery = 100,
        CheckpointEvery = 200,
        SamplesEvery = 500,
        Rungs = [500],
        Space = new ParameterSpace([new FixedParameter("preset", "dcgan"), new LogUniformParameter("lr_d", 1e-5, 1e-3)]),
    };

    public static SweepSubmission Submission(SweepDefinition? definition = null) => new("name: small", SweepJson.Write(definition ?? Definition()));

    public static ExperimentEnded Failed(DateTimeOffset at, int number, int epoch) => new(
        at, number, epoch, ExperimentOutcome.Failed, "no", System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty, 0, 0, 0,
        System.Collections.Immutable.ImmutableSortedDictionary<string, double>.Empty);

    public static async Task<IReadOnlyList<SweepEvent>> EventsAsync(IBlobStore store, string sweep)
    {
        JournalReplay replay = await new Journal(store, StoreLayout.Journal(sweep)).ReadAsync(CancellationToken.None);
        return [.. replay.Batches.SelectMany(b => b.Events).Select(e => SweepEvents.Read(e.Span))];
    }

    public static async Task<Sweep> StateAsync(IBlobStore store, string sweep) =>
        (await SweepLedger.OpenAsync(new Journal(store, StoreLayout.Journal(sweep)), new GrainsTiming(), CancellationToken.None)).Sweep!;

    public static Task FinishedAsync(this MemoryBlobStore store, string sweep) => store.UntilAsync(() =>
        store.Names(StoreLayout.Active(sweep)).Count == 0 && store.Names(StoreLayout.Journal(sweep)).Count > 0);
}
