using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Grains.Tests.Support;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Grains.Tests.Workers;

public class StoreFaultTests
{
    private static readonly GrainsTiming Quick = TestCluster.Timing with { RetryAfter = TimeSpan.FromMilliseconds(2), StoreTries = 10 };
    private readonly MemoryBlobStore _store = new();

    [Fact]
    public async Task Fetch_StoreFailsForAWhile_ExperimentGoesOnFromItsCheckpoint()
    {
        int failing = Quick.StoreTries + 3; // more than one attempt waits for
        await PausedAt300Async(async cluster =>
        {
            _store.BeforeRead = name => IsCheckpoint(name) && Interlocked.Decrement(ref failing) >= 0
                ? throw new BlobStoreException("the account does not answer")
                : Task.CompletedTask;
            await cluster.Sweep("s").Resume(CancellationToken.None);
            await _store.FinishedAsync("s");
            Assert.Equal(1, (await cluster.StatusAsync("s")).Ended[Outcome.Completed]);
            Assert.Equal([0, 300], cluster.Trainers.Starts.Select(s => s.From));
        });
        Experiment experiment = (await Support.Sweeps.StateAsync(_store, "s")).Experiments[0];
        Assert.Equal("the store failed: the account does not answer", experiment.Attempts[1].LostBecause);
        Assert.Contains("the account does not answer", _store.Text(StoreLayout.Log("s", 1, 2)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_StoreFailsForGood_ExperimentFailsWithTheStoresWords() => await PausedAt300Async(async cluster =>
    {
        _store.BeforeRead = name => IsCheckpoint(name) ? throw new BlobStoreException("the account does not answer") : Task.CompletedTask;
        await cluster.Sweep("s").Resume(CancellationToken.None);
        await _store.FinishedAsync("s");
        ExperimentStatus failed = (await cluster.StatusAsync("s")).Experiments[0];
        Assert.Equal(Outcome.Failed, failed.Outcome);
        Assert.Contains("the account does not answer", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(1 + LossRule.MostStoreFailures, (await Support.Sweeps.StateAsync(_store, "s")).Experiments[0].Epoch);
    });

    [Fact]
    public async Task Save_LastCheckpointFailsForAWhile_IsTriedUntilItIsThere()
    {
        int failing = 4;
        _store.BeforeWrite = name => IsCheckpoint(name) && name.Contains("1000", StringComparison.Ordinal) && Interlocked.Decrement(ref failing) >= 0
            ? throw new BlobStoreException("disk full")
            : Task.CompletedTask;
        Sweep sweep = await RunAsync();
        Assert.Equal((1, 1000), (sweep.Experiments[0].Epoch, (int)sweep.Experiments[0].LastCheckpoint!.Images));
    }

    [Fact]
    public async Task Save_LastCheckpointFailsForOneAttempt_ExperimentRepeatsInsteadOfEndingWithoutIt()
    {
        int failing = Quick.StoreTries;
        _store.BeforeWrite = name => IsCheckpoint(name) && name.Contains("1000", StringComparison.Ordinal) && Interlocked.Decrement(ref failing) >= 0
            ? throw new BlobStoreException("disk full")
            : Task.CompletedTask;
        Experiment experiment = (await RunAsync()).Experiments[0];
        Assert.Equal("the store failed: the last checkpoint could not be written: disk full", experiment.Attempts[0].LostBecause);
        Assert.Equal((ExperimentOutcome.Completed, 2, 1000L), (experiment.Outcome, experiment.Epoch, experiment.LastCheckpoint!.Images));
        Assert.Contains("is lost after 10 tries: disk full", _store.Text(StoreLayout.Log("s", 1, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_CurveFailsForAWhile_NoCheckpointIsJournaledBeforeIt()
    {
        int failing = 4;
        string? curveAtNews = null;
        string curve = StoreLayout.Curve("s", 1, 1);
        _store.BeforeWrite = name => name == curve && Interlocked.Decrement(ref failing) >= 0
            ? throw new BlobStoreException("disk full")
            : Task.CompletedTask;
        _store.AfterWrite = async name =>
        {
            if (name.StartsWith(StoreLayout.Journal("s"), StringComparison.Ordinal)
                && (await Support.Sweeps.EventsAsync(_store, "s")).OfType<CheckpointSaved>().Any())
                curveAtNews ??= _store.Text(curve) ?? "nothing";
        };
        await RunAsync();
        Assert.StartsWith("{", curveAtNews, StringComparison.Ordinal);
    }

    private async Task<Sweep> RunAsync()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1, Quick);
        await cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(1)), CancellationToken.None);
        await _store.FinishedAsync("s");
        return await Support.Sweeps.StateAsync(_store, "s");
    }

    private async Task PausedAt300Async(Func<TestCluster, Task> then)
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1, Quick);
        using Gate gate = new(cluster.Trainers, at: 300);
        await cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(1)), CancellationToken.None);
        await gate.ReachedAsync();
        await cluster.Sweep("s").Pause(CancellationToken.None);
        await _store.UntilAsync(async () => (await Support.Sweeps.EventsAsync(_store, "s")).OfType<AttemptLost>().Any());
        await then(cluster);
    }

    private static bool IsCheckpoint(string name) => name.StartsWith(StoreLayout.Checkpoints("s", 1), StringComparison.Ordinal);
}
