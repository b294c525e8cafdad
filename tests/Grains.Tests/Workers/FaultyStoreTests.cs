using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Tests.Support;
using CatGan.Search;

namespace CatGan.Grains.Tests.Workers;

/// <summary>Stores that fail for a while, under sweeps that train nothing.</summary>
public class FaultyStoreTests
{
    private static readonly GrainsTiming Quick = TestCluster.Timing with
    {
        RetryAfter = TimeSpan.FromMilliseconds(2),
        WriteTimeout = TimeSpan.FromMilliseconds(200),
        StoreTimeout = TimeSpan.FromMilliseconds(200),
        StoreTries = 1000,
    };

    private readonly MemoryBlobStore _memory = new();
    private readonly FaultyBlobStore _store;

    public FaultyStoreTests() => _store = new FaultyBlobStore(_memory);

    [Theory]
    [InlineData(StoreFault.Refuse)]
    [InlineData(StoreFault.Hang)]
    [InlineData(StoreFault.Throttle)]
    [InlineData(StoreFault.DiskFull)]
    public async Task Store_OutForAWhile_TrainingGoesOnAndEverythingIsThereAfterwards(StoreFault fault)
    {
        TaskCompletionSource late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FakeTrainers trainers = new()
        {
            BeforeBatch = (_, images, _) =>
            {
                if (images == 300)
                    _store.Fail(_ => fault);
                if (images == 900)
                    late.TrySetResult();
            },
        };
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1, Quick, trainers);
        Assert.True((await cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(1)), CancellationToken.None)).Accepted);
        await late.Task.WaitAsync(TimeSpan.FromSeconds(30)); // past the rung at 500, whose checkpoint waits
        await _store.TriedAsync("", 20);
        _store.Heal();
        await _memory.FinishedAsync("s");
        Experiment experiment = (await Support.Sweeps.StateAsync(_memory, "s")).Experiments[0];
        Assert.Equal((ExperimentOutcome.Completed, 1, 1000L), (experiment.Outcome, experiment.Epoch, experiment.LastCheckpoint!.Images));
        Assert.Equal([500L, 1000L], experiment.Rungs.Select(r => r.Images));
        Assert.Equal(11, _memory.Text(StoreLayout.Curve("s", 1, 1))!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Single((await Support.Sweeps.EventsAsync(_memory, "s")).OfType<AttemptStarted>());
    }

    [Fact]
    public async Task Submit_DiskFull_IsNotAcceptedInTheStoresWords()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1, Quick);
        _store.Fail(_ => StoreFault.DiskFull);
        SweepUnavailableException fault = await Assert.ThrowsAsync<SweepUnavailableException>(() =>
            cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(1)), CancellationToken.None));
        Assert.Contains("No space left on device. Free some space", fault.Message, StringComparison.Ordinal);
        _store.Heal();
        Assert.True((await cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(1)), CancellationToken.None)).Accepted);
        await _memory.FinishedAsync("s");
    }

    [Fact]
    public async Task Begin_JournalCannotBeWritten_SlotWaitsAndTheAttemptStartsOnce()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1, Quick);
        string journal = StoreLayout.Journal("s");
        _store.Fail(name => name == journal + "000000000002" ? StoreFault.Refuse : StoreFault.None);
        await cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(1)), CancellationToken.None);
        await _store.TriedAsync("000000000002", 20);
        Assert.Contains("does not answer", (await cluster.StatusAsync("s")).Hold, StringComparison.Ordinal);
        _store.Heal();
        await _memory.FinishedAsync("s");
        Assert.Single((await Support.Sweeps.EventsAsync(_memory, "s")).OfType<AttemptStarted>());
        Assert.Empty((await Support.Sweeps.EventsAsync(_memory, "s")).OfType<AttemptLost>());
        Assert.Null((await cluster.StatusAsync("s")).Hold);
    }

    [Fact]
    public async Task Hold_DiskFull_SweepWaitsWithTheReasonAndGoesOnByItself()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1, Quick with { StoreTries = 3 });
        // Room for lines of the journal, none for checkpoints.
        _store.Fail(name => name.Contains("/checkpoints/", StringComparison.Ordinal) || name == StoreLayout.Probe("s") ? StoreFault.DiskFull : StoreFault.None);
        await cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(3)), CancellationToken.None);
        await _store.TriedAsync("/probe", 3);
        SweepStatus held = await cluster.StatusAsync("s");
        Assert.Contains("No space left on device", held.Hold, StringComparison.Ordinal);
        Assert.Equal((SweepPhase.Running, 0, 3), (held.Phase, held.Running, held.Waiting));
        Assert.Single(cluster.Trainers.Starts);
        _store.Heal();
        await _memory.FinishedAsync("s");
        SweepStatus done = await cluster.StatusAsync("s");
        Assert.Equal((3, null), (done.Ended[Outcome.Completed], done.Hold));
        Assert.Empty(_memory.Names(StoreLayout.Probe("s")));
    }

    [Fact]
    public async Task Train_OneSlotFailsEverything_ItsBreakerOpensAndTheOthersAreSpared()
    {
        FakeTrainers trainers = new() { BeforeBatch = (_, _, _) => throw new InvalidOperationException("no kernel image") };
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1, Quick with { BreakerPause = TimeSpan.FromHours(1) }, trainers);
        await cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(20)), CancellationToken.None);
        await _memory.UntilAsync(async () => (await Support.Sweeps.EventsAsync(_memory, "s")).OfType<AttemptLost>().Any(e => e.Number == 3));
        PoolView pool = await cluster.Grains.GetGrain<IDevicePoolGrain>(0).GetPool(CancellationToken.None);
        SlotBreaker breaker = Assert.Single(Assert.Single(pool.Silos).Slots).Breaker!;
        Assert.Equal((true, 3, "no kernel image"), (breaker.Open, breaker.Failures, breaker.Reason));
        Assert.Equal(0, await cluster.Grains.GetGrain<IDevicePoolGrain>(0).GetCapacity(CancellationToken.None));
        Assert.Equal([1, 1, 2, 2, 3], trainers.Starts.Select(s => s.Experiment));
        Assert.Contains("no kernel image (tried 2 times", (await cluster.StatusAsync("s")).Experiments[0].Reason, StringComparison.Ordinal);
    }
}
