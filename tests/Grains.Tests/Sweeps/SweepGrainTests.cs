using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Tests.Support;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Grains.Tests.Sweeps;

public class SweepGrainTests
{
    private readonly MemoryBlobStore _store = new();

    [Fact]
    public async Task Submit_SmallSweep_RunsToItsEndAndLeavesWhatShouldLast()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        Assert.True((await SubmitAsync(cluster)).Accepted);
        await _store.FinishedAsync("s");
        SweepStatus status = await cluster.StatusAsync("s");
        Assert.Equal(SweepPhase.Finished, status.Phase);
        Assert.Equal(4, status.Ended[Outcome.Completed]);
        Assert.Equal(4, status.Best!.Experiment);
        Assert.Equal([1, 2, 3, 4], cluster.Trainers.Starts.Select(s => s.Experiment).Order());
        Assert.Equal("name: small", _store.Text(StoreLayout.Spec("s")));
        Assert.Equal(11, _store.Text(StoreLayout.Curve("s", 1, 1))!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Completed", _store.Text(StoreLayout.Log("s", 1, 1)), StringComparison.Ordinal);
        Assert.NotNull(_store.Text(StoreLayout.Samples("s", 1, 500, 1)));
        Assert.InRange(_store.Names(StoreLayout.Checkpoints("s", 1)).Count, 2, 3);
    }

    [Fact]
    public async Task Record_CrashAfterAnyBatch_NoRungsCheckpointIsThereWithoutItsScore()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        await cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(2)), CancellationToken.None);
        await _store.FinishedAsync("s");
        JournalReplay replay = await new Journal(_store, StoreLayout.Journal("s")).ReadAsync(CancellationToken.None);
        HashSet<int> scored = [];
        int saved = 0;
        foreach (JournalBatch batch in replay.Batches)
        {
            SweepEvent[] events = [.. batch.Events.Select(e => SweepEvents.Read(e.Span))];
            scored.UnionWith(events.OfType<RungReached>().Where(r => r.Images == 500).Select(r => r.Number));
            foreach (CheckpointSaved atRung in events.OfType<CheckpointSaved>().Where(c => c.Images == 500))
            {
                saved++;
                Assert.Contains(atRung.Number, scored);
            }
        }
        Assert.Equal(2, saved);
    }

    [Fact]
    public async Task Submit_Again_IsTheSameSweepAndAnotherDefinitionIsRefused()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        SubmitAnswer[] answers = await Task.WhenAll(SubmitAsync(cluster), SubmitAsync(cluster));
        Assert.All(answers, a => Assert.True(a.Accepted));
        SubmitAnswer other = await cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(5)), CancellationToken.None);
        Assert.Contains("another sweep with the id s", other.Fault, StringComparison.Ordinal);
        await _store.FinishedAsync("s");
        Assert.Single((await Support.Sweeps.EventsAsync(_store, "s")).OfType<SweepSubmitted>());
    }

    [Fact]
    public async Task Submit_TwoDefinitionsAtOnce_OneIsTheSweepAndTheOtherIsRefused()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        SubmitAnswer[] answers = await Task.WhenAll(Enumerable.Range(2, 4).Select(n =>
            cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(n)), CancellationToken.None)));
        Assert.Single(answers, a => a.Accepted);
        Assert.All(answers.Where(a => !a.Accepted), a => Assert.Contains("another sweep with the id s", a.Fault, StringComparison.Ordinal));
        await _store.FinishedAsync("s");
    }

    [Fact]
    public async Task Submit_DefinitionWithFaults_IsRefusedWithEachOfThem()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        SubmitAnswer answer = await cluster.Sweep("s").Submit(
            Support.Sweeps.Submission(Support.Sweeps.Definition() with { BudgetImages = 0, Repeats = 0 }), CancellationToken.None);
        Assert.False(answer.Accepted);
        Assert.Contains("budget", answer.Fault, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("repeats", answer.Fault, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(_store.Names());
    }

    [Fact]
    public async Task Submit_JournalCannotBeWritten_IsNotAcknowledgedAndWorksLater()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        _store.BeforeWrite = name => name.StartsWith(StoreLayout.Journal("s"), StringComparison.Ordinal) ? throw new IOException("disk full") : Task.CompletedTask;
        SweepUnavailableException fault = await Assert.ThrowsAsync<SweepUnavailableException>(() => SubmitAsync(cluster));
        Assert.Contains("disk full", fault.Message, StringComparison.Ordinal);
        _store.BeforeWrite = _ => Task.CompletedTask;
        Assert.True((await SubmitAsync(cluster)).Accepted);
        await _store.FinishedAsync("s");
    }

    [Fact]
    public async Task Train_OneExperimentThrows_FailsAloneWithItsStackTraceInTheLog()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        cluster.Trainers.BeforeBatch = (order, images, _) =>
        {
            if (order.Experiment == 2 && images == 300)
                throw new InvalidOperationException("the cat ran away");
        };
        await SubmitAsync(cluster);
        await _store.FinishedAsync("s");
        SweepStatus status = await cluster.StatusAsync("s");
        Assert.Equal(3, status.Ended[Outcome.Completed]);
        ExperimentStatus failed = status.Experiments[1];
        Assert.Equal(Outcome.Failed, failed.Outcome);
        Assert.StartsWith("the cat ran away (tried 2 times: attempt 1 on ", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("at CatGan.", _store.Text(StoreLayout.Log("s", 2, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_Running_LeavesWithACheckpointAndResumeGoesOnFromThere()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1);
        using Gate gate = new(cluster.Trainers, at: 300);
        await SubmitAsync(cluster);
        await gate.ReachedAsync();
        await cluster.Sweep("s").Pause(CancellationToken.None);
        await EventAsync<AttemptLost>(lost => lost.Reason == "paused");
        Assert.Equal(SweepPhase.Paused, (await cluster.StatusAsync("s")).Phase);
        Assert.True(await cluster.Sweep("s").Resume(CancellationToken.None));
        await _store.FinishedAsync("s");
        Assert.Equal([(1, 1, 0), (1, 2, 300)], cluster.Trainers.Starts.Where(s => s.Experiment == 1).Select(s => (s.Experiment, s.Epoch, (int)s.From)));
    }

    [Fact]
    public async Task Pause_ScoredExperiment_KeepsItsLastScoreInTheStatus()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1);
        using Gate gate = new(cluster.Trainers, at: 300);
        await SubmitAsync(cluster);
        await gate.ReachedAsync();
        await _store.UntilAsync(async () => (await cluster.StatusAsync("s")).Experiments[0].Score is not null);
        await cluster.Sweep("s").Pause(CancellationToken.None);
        await EventAsync<AttemptLost>(lost => lost.Reason == "paused");
        ExperimentStatus paused = (await cluster.StatusAsync("s")).Experiments[0];
        Assert.Equal(ExperimentPhase.Waiting, paused.Phase);
        Assert.InRange(paused.Score!.Value, 1.0, 1.1);
    }

    [Fact]
    public async Task Log_WhileItRuns_CanBeRead()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1, TestCluster.Timing with { CurveEvery = TimeSpan.FromMilliseconds(50) });
        using Gate gate = new(cluster.Trainers, at: 300);
        await SubmitAsync(cluster);
        await gate.ReachedAsync();
        await _store.UntilAsync(() => _store.Text(StoreLayout.Log("s", 1, 1))?.Contains("Attempt 1 of s/1", StringComparison.Ordinal) == true);
        gate.Dispose();
        await _store.FinishedAsync("s");
        Assert.EndsWith("images.\n", _store.Text(StoreLayout.Log("s", 1, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_RunThatDoesNotLeaveInTime_FallsBackToItsLastCheckpoint()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(
            _store, slots: 1, TestCluster.Timing with { LeaveGrace = TimeSpan.FromMilliseconds(100) });
        using Gate gate = new(cluster.Trainers, at: 500, deaf: true);
        await SubmitAsync(cluster);
        await gate.ReachedAsync();
        await EventAsync<CheckpointSaved>(saved => saved.Images == 400);
        await cluster.Sweep("s").Pause(CancellationToken.None);
        await EventAsync<AttemptLost>(lost => lost.Number == 1);
        Assert.Equal(SweepPhase.Paused, (await cluster.StatusAsync("s")).Phase);
        Assert.Contains("took too long", _store.Text(StoreLayout.Log("s", 1, 1)), StringComparison.Ordinal);
        gate.Dispose();
        await cluster.Sweep("s").Resume(CancellationToken.None);
        await _store.FinishedAsync("s");
        Assert.Equal((1, 2), cluster.Trainers.Starts.Where(s => s.Experiment == 1).Select(s => (s.Experiment, s.Epoch)).Last());
        Assert.InRange(cluster.Trainers.Starts.Last(s => s.Experiment == 1).From, 400, 500);
    }

    [Fact]
    public async Task Lease_WorkerFallsSilent_AttemptIsLostAndItsLateReportsAreRefused()
    {
        FakeTimeProvider time = new();
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 0, TestCluster.Timing with { Time = time });
        IDevicePoolGrain pool = cluster.Grains.GetGrain<IDevicePoolGrain>(0);
        IExperimentGrain experiment = cluster.Grains.GetGrain<IExperimentGrain>(ExperimentKey.Of("s", 1));
        await pool.Beat(new WorkerBeat("silent", [new SlotClaim("silent/cpu/0", null)]));
        await cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(1)), CancellationToken.None);
        Assignment first = await PullAsync(cluster, "silent/cpu/0");
        Assert.Equal(1, (await experiment.Begin(first, CancellationToken.None)).Order!.Epoch);
        Task lost = EventAsync<AttemptLost>(e => e.Reason.Contains("its worker was lost: silent/cpu/0 showed no sign of life for 12 s", StringComparison.Ordinal));
        while (!lost.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await pool.Beat(new WorkerBeat("alive", [new SlotClaim("alive/cpu/0", null)]));
        }
        await lost;
        Assignment second = await PullAsync(cluster, "alive/cpu/0");
        Assert.Equal(2, (await experiment.Begin(second, CancellationToken.None)).Order!.Epoch);
        Assert.True((await experiment.Report(1, [], CancellationToken.None)).Stale);
        Assert.False((await experiment.Record([new EndedNews(1, Outcome.Completed, null)], CancellationToken.None)).Recorded);
        Assert.Equal([first.Id], (await pool.Beat(new WorkerBeat("silent", [new SlotClaim("silent/cpu/0", first)]))).Refused);
    }

    [Fact]
    public async Task Begin_WorkerLostAgainAndAgain_RunsAloneThenFailsWithWhatIsKnown()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 0);
        await cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(1)), CancellationToken.None);
        ISweepJournalGrain journal = cluster.Grains.GetGrain<ISweepJournalGrain>("s");
        await cluster.Grains.GetGrain<IDevicePoolGrain>(0).Beat(new WorkerBeat("w", [new SlotClaim("w/cpu/0", null)]));
        await _store.UntilAsync(async () => (await Support.Sweeps.StateAsync(_store, "s")).Active.Length == 1);
        for (int epoch = 1; epoch <= LossRule.LossesUntilAlone; epoch++)
            Assert.Equal(epoch, (await BeginAsync(alone: false)).Order?.Epoch);
        Assert.Contains("must run alone: its worker was lost 2 times", (await BeginAsync(alone: false)).Refusal, StringComparison.Ordinal);
        for (int lone = 1; lone <= LossRule.MostLoneLosses; lone++)
            Assert.Equal(LossRule.LossesUntilAlone + lone, (await BeginAsync(alone: true)).Order?.Epoch);
        Assert.Contains("has ended", (await BeginAsync(alone: true)).Refusal, StringComparison.Ordinal);
        await _store.FinishedAsync("s");
        ExperimentStatus failed = (await cluster.StatusAsync("s")).Experiments[0];
        Assert.Equal(Outcome.Failed, failed.Outcome);
        Assert.Contains("lost 5 times without a checkpoint in between, 3 times while nothing else ran on its silo: attempt 1 on w/cpu/0", failed.Reason, StringComparison.Ordinal);

        Task<BeginAnswer> BeginAsync(bool alone) => journal.BeginAttempt(1, new Assignment(Guid.NewGuid(), "s", 1, "w/cpu/0", alone), CancellationToken.None);
    }

    [Fact]
    public async Task Assign_BusySlot_IsRefusedUntilItsWorkerHasDone()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 0);
        IGpuWorkerGrain worker = cluster.Grains.GetGrain<IGpuWorkerGrain>("a/cpu/0");
        Assignment first = new(Guid.NewGuid(), "s", 1, "a/cpu/0");
        Assignment second = new(Guid.NewGuid(), "s", 2, "a/cpu/0");
        Assert.True(await worker.Assign(first));
        Assert.True(await worker.Assign(first));
        Assert.False(await worker.Assign(second));
        Assert.Equal(first, await worker.Pull(CancellationToken.None));
        await worker.Complete(first.Id, null);
        Assert.True(await worker.Assign(second));
    }

    [Fact]
    public async Task Cancel_Running_EndsEverythingAsCancelled()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1);
        using Gate gate = new(cluster.Trainers, at: 300);
        await SubmitAsync(cluster);
        await gate.ReachedAsync();
        await cluster.Sweep("s").Cancel("enough", CancellationToken.None);
        await _store.FinishedAsync("s");
        SweepStatus status = await cluster.StatusAsync("s");
        Assert.Equal(SweepPhase.Cancelled, status.Phase);
        ExperimentStatus cancelled = Assert.Single(status.Experiments);
        Assert.Equal((Outcome.Cancelled, "enough"), (cancelled.Outcome, cancelled.Reason));
    }

    [Fact]
    public async Task Kill_WhileTraining_AnotherSiloGoesOnFromTheNewestGoodCheckpoint()
    {
        await using (TestCluster first = await TestCluster.StartAsync(_store, slots: 1))
        {
            using Gate gate = new(first.Trainers, at: 400);
            await SubmitAsync(first);
            await gate.ReachedAsync();
            await _store.UntilAsync(() => _store.Names(StoreLayout.Checkpoints("s", 1)).Count == 2);
            await EventAsync<CheckpointSaved>(saved => saved.Images == 400);
            await first.KillAsync();
            _store.Damage(_store.Names(StoreLayout.Checkpoints("s", 1))[^1]);
        }
        await using TestCluster second = await TestCluster.StartAsync(_store, slots: 1);
        await _store.FinishedAsync("s");
        Assert.Equal((1, 200), second.Trainers.Starts.Where(s => s.Experiment == 1).Select(s => (s.Experiment, (int)s.From)).Last());
        Assert.Equal(4, (await second.StatusAsync("s")).Ended[Outcome.Completed]);
        AssertEpochsRiseByOne(await Support.Sweeps.StateAsync(_store, "s"));
    }

    [Fact]
    public async Task TwoClusters_OneStore_EachAttemptHasItsOwnEpochAndEachExperimentOneEnd()
    {
        await using TestCluster first = await TestCluster.StartAsync(_store);
        await using TestCluster second = await TestCluster.StartAsync(_store);
        await first.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(12)), CancellationToken.None);
        await _store.FinishedAsync("s");
        Sweep sweep = await Support.Sweeps.StateAsync(_store, "s");
        AssertEpochsRiseByOne(sweep);
        Assert.Equal(12, sweep.CountOf(ExperimentOutcome.Completed));
    }

    private static async Task<Assignment> PullAsync(TestCluster cluster, string slot)
    {
        Assignment? assignment = null;
        while (assignment is null)
            assignment = await cluster.Grains.GetGrain<IGpuWorkerGrain>(slot).Pull(CancellationToken.None);
        return assignment;
    }

    private static void AssertEpochsRiseByOne(Sweep sweep) => Assert.All(
        sweep.Experiments, e => Assert.Equal(Enumerable.Range(1, e.Epoch), e.Attempts.Select(a => a.Epoch)));

    private static Task<SubmitAnswer> SubmitAsync(TestCluster cluster) => cluster.Sweep("s").Submit(Support.Sweeps.Submission(), CancellationToken.None);

    private Task EventAsync<T>(Func<T, bool> wanted)
        where T : SweepEvent =>
        _store.UntilAsync(async () => (await Support.Sweeps.EventsAsync(_store, "s")).OfType<T>().Any(wanted));
}
