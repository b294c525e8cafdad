using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Tests.Support;
using CatGan.Search;

namespace CatGan.Grains.Tests.Sweeps;

/// <summary>What a person does to sweeps on a silo.</summary>
public class CommandTests
{
    private readonly MemoryBlobStore _store = new();

    [Fact]
    public async Task Command_PauseAndResumeOfOneExperiment_GoesOnFromItsCheckpointAndLeavesTheOthersAlone()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1);
        using Gate gate = new(cluster.Trainers, at: 300);
        await SubmitAsync(cluster, 2);
        await gate.ReachedAsync();
        Assert.Contains("experiment 1 is paused", await DoAsync(cluster, new PauseExperiment(1)), StringComparison.Ordinal);
        Assert.Contains("paused before", await DoAsync(cluster, new PauseExperiment(1)), StringComparison.Ordinal);
        await _store.UntilAsync(async () => (await Support.Sweeps.StateAsync(_store, "s")).EndedCount == 1);
        Assert.Equal(ExperimentPhase.Paused, (await cluster.StatusAsync("s")).Experiments[0].Phase);
        Assert.False(await cluster.Sweep("s").Wake(CancellationToken.None));
        await DoAsync(cluster, new ResumeExperiment(1));
        await _store.FinishedAsync("s");
        Assert.Equal([(1, 1, 0), (2, 1, 0), (1, 2, 300)], cluster.Trainers.Starts.Select(s => (s.Experiment, s.Epoch, (int)s.From)));
    }

    [Fact]
    public async Task Command_CancelOfOneExperiment_EndsItAlone()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1);
        using Gate gate = new(cluster.Trainers, at: 300);
        await SubmitAsync(cluster, 2);
        await gate.ReachedAsync();
        await DoAsync(cluster, new CancelExperiment(1, "dull"));
        await _store.FinishedAsync("s");
        SweepStatus status = await cluster.StatusAsync("s");
        Assert.Equal((Outcome.Cancelled, "dull", Outcome.Completed), (status.Experiments[0].Outcome, status.Experiments[0].Reason, status.Experiments[1].Outcome));
    }

    [Fact]
    public async Task Command_ExtendOfAFinishedSweep_TrainsOnFromTheLastCheckpointsAndEndsAgain()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        await SubmitAsync(cluster, 2);
        await _store.FinishedAsync("s");
        Assert.Contains("extended to 2,000 images", await DoAsync(cluster, new ExtendSweep(2000, null, 3)), StringComparison.Ordinal);
        await _store.FinishedAsync("s");
        SweepStatus status = await cluster.StatusAsync("s");
        Assert.Equal((3, 3, 2000L), (status.Total, status.Ended[Outcome.Completed], status.Experiments[0].Images));
        Assert.Equal([(1, 2, 1000), (2, 2, 1000), (3, 1, 0)], cluster.Trainers.Starts.Skip(2).Select(s => (s.Experiment, s.Epoch, (int)s.From)).Order());
        Assert.Contains("that much already", await DoAsync(cluster, new ExtendSweep(2000, null, 3)), StringComparison.Ordinal);
        Assert.Contains("a budget only grows", await RefusedAsync(cluster, new ExtendSweep(500, null, null)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_ExtendWithASchedule_IsRefusedBecauseItsPastWouldBeAnother()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        SweepDefinition definition = Support.Sweeps.Definition(1);
        definition = definition with { Space = new([.. definition.Space.Parameters, new FixedParameter("lr_schedule", "cosine")]) };
        await cluster.Sweep("s").Submit(Support.Sweeps.Submission(definition), CancellationToken.None);
        await _store.FinishedAsync("s");
        Assert.Contains("clone the sweep", await RefusedAsync(cluster, new ExtendSweep(2000, null, null)), StringComparison.Ordinal);
        Assert.NotNull(await DoAsync(cluster, new ExtendSweep(null, null, 2)));
        await _store.FinishedAsync("s");
    }

    [Fact]
    public async Task Command_ExtendThenCrash_TheMarkerIsThereBeforeTheEvent()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        await SubmitAsync(cluster, 1);
        await _store.FinishedAsync("s");
        bool marked = false;
        _store.BeforeWrite = name =>
        {
            if (name.StartsWith(StoreLayout.Journal("s"), StringComparison.Ordinal))
                marked = _store.Names(StoreLayout.Active("s")).Count == 1;
            return name.StartsWith(StoreLayout.Journal("s"), StringComparison.Ordinal) ? throw new IOException("the power went") : Task.CompletedTask;
        };
        await Assert.ThrowsAsync<SweepUnavailableException>(() => cluster.Sweep("s").Command(new ExtendSweep(2000, null, null), CancellationToken.None));
        Assert.True(marked);
        _store.BeforeWrite = _ => Task.CompletedTask;
        await DoAsync(cluster, new ExtendSweep(2000, null, null));
        await _store.FinishedAsync("s");
        Assert.Equal(2000, (await cluster.StatusAsync("s")).Experiments[0].Images);
    }

    [Fact]
    public async Task Command_RetryOfFailedOnes_RunsThemAgainAndTheSweepEndsAgain()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        bool broken = true;
        cluster.Trainers.BeforeBatch = (order, images, _) =>
        {
            if (broken && order.Experiment == 2 && images == 300)
                throw new InvalidOperationException("the cat ran away");
        };
        await SubmitAsync(cluster, 3);
        await _store.FinishedAsync("s");
        Assert.Equal(1, (await cluster.StatusAsync("s")).Ended[Outcome.Failed]);
        broken = false;
        Assert.Equal("1 experiment goes again, from the last checkpoint", await DoAsync(cluster, new RetryExperiments(null, Fresh: false)));
        await _store.FinishedAsync("s");
        Assert.Equal(3, (await cluster.StatusAsync("s")).Ended[Outcome.Completed]);
        Assert.Equal((2, 200L), cluster.Trainers.Starts.Where(s => s.Experiment == 2).Select(s => (s.Experiment, s.From)).Last());
        Assert.Contains("no experiment failed", await DoAsync(cluster, new RetryExperiments(null, Fresh: false)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_PinAndTagAfterTheEnd_LastAndAreInTheSummary()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        await SubmitAsync(cluster, 1);
        await _store.FinishedAsync("s");
        await DoAsync(cluster, new TagSweep(["kept", "best"], [], "look at this"));
        string pinned = await DoAsync(cluster, new PinCheckpoint(1, null, Pinned: true));
        Assert.StartsWith("pinned: sweeps/s/experiments/1/checkpoints/", pinned, StringComparison.Ordinal);
        await _store.FinishedAsync("s");
        SweepSummary summary = SweepSummary.Read(System.Text.Encoding.UTF8.GetBytes(_store.Text(StoreLayout.Summary("s"))!));
        Assert.Equal(("best", "kept", "look at this", 1), (summary.Tags[1], summary.Tags[0], summary.Note, summary.Ended));
        Sweep sweep = await Support.Sweeps.StateAsync(_store, "s");
        Assert.Single(sweep.Experiments[0].Checkpoints, c => c.Pinned);
        Assert.Equal("tags: best", await DoAsync(cluster, new TagSweep([], ["kept"], null)));
        Assert.Contains("keeps no checkpoint at 7 images; it keeps: ", await RefusedAsync(cluster, new PinCheckpoint(1, 7, true)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_TheSameEndAgain_IsAcknowledgedOnceJournaledAlsoAfterTheSweepEnded()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        await SubmitAsync(cluster, 1);
        await _store.FinishedAsync("s");
        ISweepJournalGrain journal = cluster.Grains.GetGrain<ISweepJournalGrain>("s");
        Assert.True((await journal.Record(1, [new EndedNews(1, Outcome.Completed, null)], CancellationToken.None)).Recorded);
        Assert.False((await journal.Record(1, [new EndedNews(1, Outcome.Failed, "no")], CancellationToken.None)).Recorded);
        Assert.Single((await Support.Sweeps.EventsAsync(_store, "s")).OfType<ExperimentEnded>());
    }

    private static Task<SubmitAnswer> SubmitAsync(TestCluster cluster, int experiments) =>
        cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(experiments)), CancellationToken.None);

    private static async Task<string> DoAsync(TestCluster cluster, SweepCommand command)
    {
        CommandAnswer answer = await cluster.Sweep("s").Command(command, CancellationToken.None);
        Assert.Null(answer.Refusal);
        return answer.Done!;
    }

    private static async Task<string> RefusedAsync(TestCluster cluster, SweepCommand command)
    {
        CommandAnswer answer = await cluster.Sweep("s").Command(command, CancellationToken.None);
        Assert.Null(answer.Done);
        return answer.Refusal!;
    }
}
