using CatGan.Abstractions;
using CatGan.Bench.Scale;
using CatGan.Grains.Tests.Support;
using CatGan.Search;

namespace CatGan.Grains.Tests.Sweeps;

/// <summary>A sweep of hundreds on the simulated workers of the bench: quick, and all of the way but training.</summary>
public class ManyExperimentsTests
{
    private const int Experiments = 300, Workers = 40, Rungs = 9;

    [Fact]
    public async Task Sweep_ManyWorkers_EveryStartRungAndEndIsInTheJournalOnce()
    {
        MemoryBlobStore store = new();
        await using TestCluster cluster = await TestCluster.StartAsync(store, slots: 0);
        SimulatedLoad load = new(Experiments, live: true);
        await using (SimulatedWorkers workers = new(cluster.Grains, "simulated", Workers, load, TestCluster.Timing.Lease / 3))
        {
            await workers.StartAsync();
            SubmitAnswer answer = await cluster.Sweep("s").Submit(ScaleSweep.Submission(Experiments, Rungs), CancellationToken.None);
            Assert.True(answer.Accepted, answer.Fault);
            await Task.WhenAny(load.Done, workers.Work).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        await store.FinishedAsync("s");
        Assert.Equal((Experiments, 0), (load.EndedCount, load.Repeated));
        Sweep state = await Support.Sweeps.StateAsync(store, "s");
        Assert.Equal(SweepStage.Finished, state.Stage);
        Assert.All(state.Experiments, e =>
        {
            Assert.Equal((ExperimentStage.Ended, ExperimentOutcome.Completed, 1), (e.Stage, e.Outcome, e.Epoch));
            Assert.Equal(Enumerable.Range(1, Rungs + 1).Select(r => r * 10_000L), e.Rungs.Select(r => r.Images));
        });
        await SnapshotsGiveTheSameAsync(store);
    }

    /// <summary>The journal's newest snapshot and the batches after it against all batches: those that were folded are gone, so it is the older one.</summary>
    private static async Task SnapshotsGiveTheSameAsync(MemoryBlobStore store)
    {
        byte[] newest = (await Support.Sweeps.StateAsync(store, "s")).Snapshot();
        string snapshots = StoreLayout.Journal("s") + "snapshots/";
        Assert.Equal(2, store.Names(snapshots).Count);
        store.Damage(store.Names(snapshots)[^1]);
        Assert.Equal(newest, (await Support.Sweeps.StateAsync(store, "s")).Snapshot());
    }
}
