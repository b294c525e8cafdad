using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

/// <summary>Small sweeps played event by event, with the expected actions worked out.</summary>
public sealed class SweepTests
{
    [Fact]
    public void Start_DefinitionWithFaults_IsRefusedWithAllOfThem()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Start(Small with { BudgetImages = 0, Repeats = 0, Rungs = [] }));
        Assert.Contains("budget.images", e.Message, StringComparison.Ordinal);
        Assert.Contains("repeats", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_WholeSweep_OffersConfigurationByConfigurationAndFinishes()
    {
        // 2 configurations x 2 repeats, 3 slots, but only 2 at once: 1 and 2 first; then each end makes a place.
        Sweep sweep = Start(Small with { Repeats = 2, Slots = 2 }, 3, out IReadOnlyList<SweepAction> actions);
        Assert.Equal([new StartExperiment(1, 1), new StartExperiment(2, 1)], actions);
        Assert.Empty(sweep.Apply(Started(1)));
        Assert.Empty(sweep.Apply(Started(2)));
        Assert.Equal([new StartExperiment(3, 1)], sweep.Apply(Ended(2, 0.5)));
        Assert.Equal([new StartExperiment(4, 1)], sweep.Apply(Ended(1, 0.3)));
        Assert.Empty(sweep.Apply(Started(4)));
        Assert.Empty(sweep.Apply(Started(3)));
        Assert.Equal((4, 2, 0, 2), (sweep.Total, sweep.RunningCount, sweep.WaitingCount, sweep.EndedCount));
        Assert.Empty(sweep.Apply(Ended(3, 0.2)));
        Assert.Equal([new FinishSweep()], sweep.Apply(Ended(4, 0.4)));
        Assert.Equal(SweepStage.Finished, sweep.Stage);
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1)], sweep.Experiments.Select(e => (e.ConfigurationIndex, e.Repeat)));
        Assert.Equal(3, sweep.Best?.Number);
    }

    [Fact]
    public void Apply_NoSlotsAtFirst_StartsWhenTheyCome()
    {
        Sweep sweep = Start(Small, 0, out IReadOnlyList<SweepAction> actions);
        Assert.Empty(actions);
        Assert.Equal([new StartExperiment(1, 1), new StartExperiment(2, 1)], sweep.Apply(new CapacityChanged(Noon, 8)));
        Assert.Empty(sweep.Apply(new CapacityChanged(Noon, 9)));
    }

    [Fact]
    public void Apply_CapacityGoneBeforeTheLastEnd_StillFinishes()
    {
        Sweep sweep = Start(Small with { Configurations = 1 });
        sweep.Apply(Started(1));
        sweep.Apply(new CapacityChanged(Noon, 0));
        Assert.Equal([new FinishSweep()], sweep.Apply(Ended(1, 0.5)));
    }

    [Fact]
    public void Apply_LostAttempt_WaitsAheadOfNewExperimentsAndStartsWithTheNextEpoch()
    {
        // 1 and 2 run; one slot goes with experiment 2, so 2 must wait for 1, and then comes before 3.
        Sweep sweep = Start(Small with { Repeats = 2 }, 2);
        sweep.Apply(Started(1));
        sweep.Apply(Started(2));
        sweep.Apply(Saved(2, 250));
        sweep.Apply(Rung(2, 500, 0.4));
        sweep.Apply(new CapacityChanged(Noon, 1));
        Assert.Empty(sweep.Apply(Lost(2)));
        Assert.Equal(250, sweep.Experiments[1].Images);
        Assert.Equal([new StartExperiment(2, 2)], sweep.Apply(Ended(1, 0.5)));
        Assert.Empty(sweep.Apply(Started(2, 2)));
        Assert.Equal(Blob(2, 250), sweep.Experiments[1].LastCheckpoint?.Blob);
    }

    [Fact]
    public void Refusal_ReportsOfAnAttemptThatIsOver_AreStale()
    {
        Sweep sweep = Start(Small);
        sweep.Apply(Started(1));
        sweep.Apply(Lost(1));
        Assert.Equal("attempt 1 of experiment 1 is over, it was lost before", sweep.Refusal(Ended(1, 0.5)));
        Assert.Equal("attempt 1 of experiment 1 cannot start, attempt 2 is next", sweep.Refusal(Started(1)));
        sweep.Apply(Started(1, 2));
        Assert.Equal("attempt 1 of experiment 1 is stale, the newest is 2", sweep.Refusal(Saved(1, 250)));
        Assert.Equal("attempt 1 of experiment 1 is stale, the newest is 2", sweep.Refusal(Lost(1)));
        Assert.Equal("attempt 2 of experiment 1 is running on worker-1", sweep.Refusal(Started(1, 3)));
        sweep.Apply(Ended(1, 0.5, epoch: 2));
        Assert.Equal("experiment 1 has ended (Completed)", sweep.Refusal(Rung(1, 250, 0.1, epoch: 2)));
        Assert.Equal("there is no experiment 3, the last number given is 2", sweep.Refusal(Started(3)));
        Assert.Throws<InvalidOperationException>(() => sweep.Apply(Lost(1, 2)));
    }

    [Fact]
    public void Apply_RungRepeatedAfterALoss_CountsOnce()
    {
        // Patience 2 of 3 rungs: 0.5, 0.6 and then 0.6 again (the same 500 images) is one score without gain, not two.
        Sweep sweep = Start(Small with { Patience = 2 });
        sweep.Apply(Started(1));
        sweep.Apply(Rung(1, 250, 0.5));
        sweep.Apply(Rung(1, 500, 0.6));
        sweep.Apply(Lost(1));
        sweep.Apply(Started(1, 2));
        byte[] before = sweep.Snapshot();
        Assert.Empty(sweep.Apply(Rung(1, 500, 0.6, epoch: 2)));
        Assert.Equal(before, sweep.Snapshot());
    }

    [Fact]
    public void Apply_PatienceUsedUp_StopsAndEndsAsStopped()
    {
        // 0.5 is the best; 0.6 and 0.55 are two full scores without gain.
        Sweep sweep = Start(Small with { Patience = 2 });
        sweep.Apply(Started(1));
        sweep.Apply(Rung(1, 250, 0.5));
        Assert.Empty(sweep.Apply(Rung(1, 500, 0.6)));
        StopExperiment stop = Assert.IsType<StopExperiment>(Assert.Single(sweep.Apply(Rung(1, 750, 0.55))));
        Assert.Equal("patience: swd was not better than 0.5 (at 250 images) in 2 full scores", stop.Reason);
        Assert.False(stop.Keep);
        Assert.Equal([stop], sweep.Pending());
        Assert.Equal([new StartExperiment(2, 1)], sweep.Apply(Lost(1)));
        Assert.Equal((ExperimentOutcome.Stopped, stop.Reason), (sweep.Experiments[0].Outcome, sweep.Experiments[0].Reason));
    }

    [Fact]
    public void Apply_PatienceWithAnObjectiveToMaximize_CountsTheOtherWay()
    {
        Sweep sweep = Start(Small with { Patience = 1, Objective = new("swd", Minimize: false) });
        sweep.Apply(Started(1));
        sweep.Apply(Rung(1, 250, 0.5));
        Assert.Empty(sweep.Apply(Rung(1, 500, 0.6)));
        Assert.Single(sweep.Apply(Rung(1, 750, 0.55)));
        Assert.Equal(0.6, sweep.Best?.BestScore);
    }

    [Fact]
    public void Apply_PauseAndResume_LetsAttemptsLeaveAndStartsThemAgain()
    {
        // 1 runs, 2 is offered. Paused: the offer is void, 1 leaves with a checkpoint. Resumed: 1 comes before 2.
        Sweep sweep = Start(Small, 2);
        sweep.Apply(Started(1));
        Assert.Equal([new StopExperiment(1, "paused", Keep: true)], sweep.Apply(new PauseRequested(Noon)));
        Assert.Equal(SweepStage.Pausing, sweep.Stage);
        Assert.Equal("experiment 2 is not to start now", sweep.Refusal(Started(2)));
        Assert.Equal([new StopExperiment(1, "paused", Keep: true)], sweep.Pending());
        sweep.Apply(Saved(1, 300));
        Assert.Empty(sweep.Apply(Lost(1)));
        Assert.Equal(SweepStage.Paused, sweep.Stage);
        Assert.Empty(sweep.Pending());
        Assert.Equal([new StartExperiment(1, 2), new StartExperiment(2, 1)], sweep.Apply(new Resumed(Noon)));
        Assert.Equal(300, sweep.Experiments[0].LastCheckpoint?.Images);
    }

    [Fact]
    public void Apply_LastExperimentEndsWhilePausing_Finishes()
    {
        Sweep sweep = Start(Small with { Configurations = 1 });
        sweep.Apply(Started(1));
        sweep.Apply(new PauseRequested(Noon));
        Assert.Equal([new FinishSweep()], sweep.Apply(Ended(1, 0.5)));
        Assert.Equal(SweepStage.Finished, sweep.Stage);
    }

    [Fact]
    public void Apply_Cancel_EndsWhatWaitsAtOnceAndWhatRunsWhenItLeft()
    {
        // 1 and 2 run, 3 is offered, 4 waits (a repeat of the same configuration): 3 and 4 end at once.
        Sweep sweep = Start(Small with { Repeats = 4 }, 3);
        sweep.Apply(Started(1));
        sweep.Apply(Started(2));
        Assert.Equal(
            [new StopExperiment(1, "enough", Keep: false), new StopExperiment(2, "enough", Keep: false)],
            sweep.Apply(new CancelRequested(Noon, "enough")));
        Assert.Equal((SweepStage.Cancelling, 2), (sweep.Stage, sweep.CountOf(ExperimentOutcome.Cancelled)));
        Assert.Equal("the sweep cannot be resumed, it is Cancelling", sweep.Refusal(new Resumed(Noon)));
        Assert.Empty(sweep.Apply(Ended(1, 0.5)));
        Assert.Equal([new FinishSweep()], sweep.Apply(Lost(2)));
        Assert.Equal(SweepStage.Cancelled, sweep.Stage);
        Assert.Equal((1, 3, 4), (sweep.CountOf(ExperimentOutcome.Completed), sweep.CountOf(ExperimentOutcome.Cancelled), sweep.Experiments.Count));
        Assert.Equal("enough", sweep.Experiments[1].Reason);
        Assert.Equal("the sweep has ended (Cancelled)", sweep.Refusal(new CancelRequested(Noon, "more")));
    }

    [Fact]
    public void Apply_CancelOfAPausedSweep_EndsItAtOnce()
    {
        Sweep sweep = Start(Small);
        sweep.Apply(new PauseRequested(Noon));
        Assert.Equal([new FinishSweep()], sweep.Apply(new CancelRequested(Noon, "enough")));
        Assert.Equal(1, sweep.CountOf(ExperimentOutcome.Cancelled));
    }

    [Fact]
    public void Apply_OneExperimentFails_TheSweepGoesOn()
    {
        Sweep sweep = Start(Small);
        sweep.Apply(Started(1));
        Assert.Equal([new StartExperiment(2, 1)], sweep.Apply(Ended(1, null, ExperimentOutcome.Failed, reason: "disk full")));
        Assert.Equal((SweepStage.Running, 1), (sweep.Stage, sweep.CountOf(ExperimentOutcome.Failed)));
    }
}
