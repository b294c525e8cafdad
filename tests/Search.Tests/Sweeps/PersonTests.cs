using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

/// <summary>What a person does to a sweep and its experiments, event by event.</summary>
public sealed class PersonTests
{
    [Fact]
    public void Apply_PauseOfARunningExperiment_LeavesWithACheckpointAndItsPlaceGoesToTheNext()
    {
        Sweep sweep = Start(Small);
        sweep.Apply(Started(1));
        Assert.Equal([new StopExperiment(1, "paused by a person", Keep: true)], sweep.Apply(new ExperimentPauseRequested(Noon, 1)));
        Assert.Equal([new StopExperiment(1, "paused by a person", Keep: true)], sweep.Pending());
        sweep.Apply(Saved(1, 300));
        Assert.Equal([new StartExperiment(2, 1)], sweep.Apply(Lost(1)));
        Assert.Equal((ExperimentStage.Paused, 1, 0), (sweep.Experiments[0].Stage, sweep.PausedCount, sweep.WaitingCount - 1));
        sweep.Apply(Started(2));
        Assert.Empty(sweep.Apply(Ended(2, 0.5)));
        Assert.Equal(SweepStage.Running, sweep.Stage);
        Assert.Equal([new StartExperiment(1, 2)], sweep.Apply(new ExperimentResumed(Noon, 1)));
        Assert.Equal(300, sweep.Experiments[0].LastCheckpoint?.Images);
        sweep.Apply(Started(1, 2));
        Assert.Equal([new FinishSweep()], sweep.Apply(Ended(1, 0.4, epoch: 2)));
    }

    [Fact]
    public void Apply_PauseOfAnOfferedExperiment_GivesItsPlaceAwayAtOnce()
    {
        Sweep sweep = Start(Small);
        Assert.Equal([new StartExperiment(2, 1)], sweep.Apply(new ExperimentPauseRequested(Noon, 1)));
        Assert.Equal("experiment 1 is not to start now", sweep.Refusal(Started(1)));
        Assert.Equal("experiment 1 has been paused before", sweep.Refusal(new ExperimentPauseRequested(Noon, 1)));
        Assert.Equal("experiment 2 is not paused", sweep.Refusal(new ExperimentResumed(Noon, 2)));
    }

    [Fact]
    public void Apply_ResumeBeforeItLeft_LetsItGoOn()
    {
        Sweep sweep = Start(Small);
        sweep.Apply(Started(1));
        sweep.Apply(new ExperimentPauseRequested(Noon, 1));
        Assert.Empty(sweep.Apply(new ExperimentResumed(Noon, 1)));
        Assert.Empty(sweep.Pending());
        Assert.Equal([new StartExperiment(1, 2)], sweep.Apply(Lost(1)));
    }

    [Fact]
    public void Apply_CancelOfOneExperiment_EndsItAloneAndTheSweepGoesOn()
    {
        Sweep sweep = Start(Small);
        sweep.Apply(Started(1));
        Assert.Equal([new StopExperiment(1, "dull", Keep: false)], sweep.Apply(new ExperimentCancelRequested(Noon, 1, "dull")));
        Assert.Equal("experiment 1 is being cancelled", sweep.Refusal(new ExperimentPauseRequested(Noon, 1)));
        Assert.Equal([new StartExperiment(2, 1)], sweep.Apply(Lost(1)));
        Assert.Equal((ExperimentOutcome.Cancelled, "dull"), (sweep.Experiments[0].Outcome, sweep.Experiments[0].Reason));
        Assert.Equal([new FinishSweep()], sweep.Apply(new ExperimentCancelRequested(Noon, 2, "dull")));
        Assert.Equal(SweepStage.Finished, sweep.Stage);
    }

    [Fact]
    public void Apply_CancelOfTheSweep_EndsPausedExperimentsToo()
    {
        Sweep sweep = Start(Small);
        sweep.Apply(new ExperimentPauseRequested(Noon, 1));
        Assert.Equal([new FinishSweep()], sweep.Apply(new CancelRequested(Noon, "enough")));
        Assert.Equal(2, sweep.CountOf(ExperimentOutcome.Cancelled));
    }

    [Fact]
    public void Apply_RetryOfAFailedExperiment_ReopensTheSweepFromItsLastCheckpoint()
    {
        Sweep sweep = Start(Small with { Configurations = 1 });
        sweep.Apply(Started(1));
        sweep.Apply(Rung(1, 250, 0.4));
        sweep.Apply(Saved(1, 250));
        sweep.Apply(Ended(1, null, ExperimentOutcome.Failed, reason: "disk full"));
        Assert.Equal(SweepStage.Finished, sweep.Stage);
        Assert.Equal([new StartExperiment(1, 2)], sweep.Apply(new ExperimentRetried(Noon, 1, Fresh: false)));
        Assert.Equal((SweepStage.Running, null, 0), (sweep.Stage, sweep.EndedAt, sweep.CountOf(ExperimentOutcome.Failed)));
        Assert.Equal((250, 0.4), (sweep.Experiments[0].Images, sweep.Experiments[0].BestScore));
        Assert.Equal("experiment 1 has not ended", sweep.Refusal(new ExperimentRetried(Noon, 1, false)));
    }

    [Fact]
    public void Apply_RetryOfOneThatThrewTwice_ForgetsThatItDid()
    {
        // Two exceptions are a verdict; a person lets it go again, and one more is not.
        Sweep sweep = Start(Small with { Configurations = 1, Webhook = new("https://example.org", null, ["failed"]) });
        foreach (int epoch in (int[])[1, 2])
        {
            sweep.Apply(Started(1, epoch));
            sweep.Apply(new AttemptLost(Noon, 1, epoch, "no such kernel", LossCause.Failed));
        }
        Assert.Equal((ExperimentOutcome.Failed, 1), (sweep.Experiments[0].Outcome, sweep.Notices.Length));
        sweep.Apply(new ExperimentRetried(Noon, 1, Fresh: false));
        sweep.Apply(Started(1, 3));
        sweep.Apply(new AttemptLost(Noon, 1, 3, "no such kernel", LossCause.Failed));
        Assert.Equal(ExperimentStage.Offered, sweep.Experiments[0].Stage);
        Assert.Equal(sweep.Snapshot(), Sweep.Restore(sweep.Snapshot()).Snapshot());
    }

    [Fact]
    public void Apply_FreshRetryOfTheBest_ForgetsItsScoresAndCheckpoints()
    {
        // 1 has 0.1 and failed, 2 has 0.5: without the scores of 1, 2 is the best.
        Sweep sweep = Start(Small, 2);
        sweep.Apply(Started(1));
        sweep.Apply(Started(2));
        sweep.Apply(Rung(1, 250, 0.1));
        sweep.Apply(Saved(1, 250));
        sweep.Apply(Ended(1, null, ExperimentOutcome.OutOfMemory));
        sweep.Apply(Ended(2, 0.5));
        IReadOnlyList<SweepAction> actions = sweep.Apply(new ExperimentRetried(Noon, 1, Fresh: true));
        Assert.Equal([Blob(1, 250)], Assert.Single(actions.OfType<DeleteCheckpoints>()).Blobs);
        Assert.Equal(2, sweep.Best?.Number);
        Assert.Null(sweep.Experiments[0].LastCheckpoint);
        Assert.Equal(sweep.Snapshot(), Sweep.Restore(sweep.Snapshot()).Snapshot());
        Assert.Equal(2, Sweep.Restore(sweep.Snapshot()).Best?.Number);
    }

    [Fact]
    public void Refusal_RetryOfWhatGaveAResult_SaysWhatToDoInstead()
    {
        Sweep sweep = Start(Small);
        sweep.Apply(Started(1));
        sweep.Apply(Ended(1, 0.5));
        Assert.Equal("experiment 1 completed; a larger budget lets it go on (extend)", sweep.Refusal(new ExperimentRetried(Noon, 1, false)));
        sweep.Apply(new CancelRequested(Noon, "enough"));
        Assert.Equal("the sweep was cancelled, which is for good; clone it instead", sweep.Refusal(new ExperimentRetried(Noon, 2, false)));
        Assert.Equal("the sweep was cancelled, which is for good; clone it instead", sweep.Refusal(new SweepExtended(Noon, 2000, null)));
    }

    [Fact]
    public void Apply_LargerBudget_LetsCompletedOnesGoOnAndLeavesTheOthers()
    {
        Sweep sweep = Start(Small);
        sweep.Apply(Started(1));
        sweep.Apply(Saved(1, 1000));
        sweep.Apply(Ended(1, 0.5));
        sweep.Apply(Started(2));
        sweep.Apply(Ended(2, null, ExperimentOutcome.Diverged));
        Assert.Equal([new StartExperiment(1, 2)], sweep.Apply(new SweepExtended(Noon, 2000, null)));
        Assert.Equal((SweepStage.Running, 2000L, 1000L), (sweep.Stage, sweep.Definition.BudgetImages, sweep.Submitted.BudgetImages));
        Assert.Equal(ExperimentOutcome.Diverged, sweep.Experiments[1].Outcome);
        Assert.Equal(0.5, sweep.Experiments[0].BestScore);
        sweep.Apply(Started(1, 2));
        Assert.Equal([new FinishSweep()], sweep.Apply(Ended(1, 0.3, epoch: 2) with { Images = 2000 }));
        Assert.Equal(sweep.Snapshot(), Sweep.Restore(sweep.Snapshot()).Snapshot());
    }

    [Fact]
    public void Apply_LargerBudgetWhileOneRuns_TakesItUpWhereItsOldBudgetEnds()
    {
        Sweep sweep = Start(Small with { Configurations = 1 });
        sweep.Apply(Started(1));
        sweep.Apply(new SweepExtended(Noon, 2000, null));
        sweep.Apply(Saved(1, 1000));
        Assert.Equal([new StartExperiment(1, 2)], sweep.Apply(Ended(1, 0.5)));
        Assert.True(sweep.IsKnown(Ended(1, 0.5)));
        sweep.Apply(Started(1, 2));
        Assert.Equal([new FinishSweep()], sweep.Apply(Ended(1, 0.4, epoch: 2) with { Images = 2000 }));
        Assert.Equal([1000L, 2000], sweep.Experiments[0].Rungs.Select(r => r.Images));
    }

    [Fact]
    public void Apply_MoreConfigurations_GoOnWithTheSamplersNextOnes()
    {
        SweepDefinition random = Small with { Sampler = SamplerChoice.Of("random"), Configurations = 2, Space = Space(new UniformParameter("beta1", 0, 1)) };
        Sweep whole = Start(random with { Configurations = 3 }, 3);
        Sweep sweep = Start(random, 3);
        foreach (int number in (int[])[1, 2])
        {
            sweep.Apply(Started(number));
            sweep.Apply(Ended(number, 0.5));
        }
        Assert.Equal([new StartExperiment(3, 1)], sweep.Apply(new SweepExtended(Noon, null, 3)));
        Assert.Equal(whole.Experiments[2].Configuration, sweep.Experiments[2].Configuration);
        Assert.Equal((3, 1), (sweep.Total, sweep.Total - sweep.EndedCount));
    }

    public static TheoryData<SweepExtended, string> TooLittle => new()
    {
        { new(Noon, 500, null), "budget.images is 500, but a budget only grows, and it is 1000 now" },
        { new(Noon, 1000, null), "the sweep has that much already" },
        { new(Noon, null, 9), "experiments is 9, but the grid sampler has 2 configurations of these parameters in all" },
        { new(Noon, null, null) { BudgetTime = TimeSpan.FromHours(1) }, "the sweep has no limit of time" },
    };

    [Theory]
    [MemberData(nameof(TooLittle))]
    public void Refusal_ExtensionThatIsNone_NamesTheValueAndTheBound(SweepExtended extension, string expected) =>
        Assert.Equal(expected, Start(Small).Refusal(extension));

    [Fact]
    public void Apply_Pin_KeepsTheCheckpointUntilItIsUnpinned()
    {
        Sweep sweep = Start(Small with { Configurations = 1, Keep = new(0, 1) });
        sweep.Apply(Started(1));
        sweep.Apply(Saved(1, 250));
        sweep.Apply(new CheckpointPinned(Noon, 1, Blob(1, 250)));
        Assert.Empty(sweep.Apply(Saved(1, 500)));
        Assert.Equal([Blob(1, 500)], Assert.IsType<DeleteCheckpoints>(Assert.Single(sweep.Apply(Saved(1, 750)))).Blobs);
        sweep.Apply(new CheckpointsDeleted(Noon, 1, [Blob(1, 500)]));
        sweep.Apply(Ended(1, 0.5));
        Assert.Equal("experiment 1 keeps no checkpoint 1/500-1", sweep.Refusal(new CheckpointPinned(Noon, 1, Blob(1, 500))));
        Assert.Equal([250L, 750], sweep.Experiments[0].Checkpoints.Select(c => c.Images));
        Assert.Equal([Blob(1, 250)], Assert.Single(sweep.Apply(new CheckpointUnpinned(Noon, 1, Blob(1, 250))).OfType<DeleteCheckpoints>()).Blobs);
    }

    [Fact]
    public void Apply_KeepOfTheBestTwo_DropsTheOthersByTheirScore()
    {
        // Scores 0.3, 0.1, 0.2, then one without a score: the best two are 500 and 750, the last is 800.
        Sweep sweep = Start(Small with { Configurations = 1, Keep = new(2, 1) });
        sweep.Apply(Started(1));
        foreach ((long images, double swd) in ((long, double)[])[(250, 0.3), (500, 0.1), (750, 0.2)])
        {
            sweep.Apply(Rung(1, images, swd));
            sweep.Apply(Saved(1, images));
        }
        sweep.Apply(Saved(1, 800));
        Assert.Equal([500L, 750, 800], sweep.Experiments[0].Checkpoints.Select(c => c.Images));
    }

    [Fact]
    public void Apply_KeepOfTheBestExperiment_DropsTheCheckpointsOfTheOthersAsTheyEnd()
    {
        // 1 ends with 0.4 and keeps its checkpoint, until 2 ends with 0.3; that of 1 at 250 is pinned.
        Sweep sweep = Start(Small with { Keep = new(1, 2, Experiments: 1) }, 2);
        foreach (int number in (int[])[1, 2])
        {
            sweep.Apply(Started(number));
            sweep.Apply(Saved(number, 250));
            sweep.Apply(Saved(number, 1000));
        }
        sweep.Apply(new CheckpointPinned(Noon, 1, Blob(1, 250)));
        Assert.Empty(sweep.Apply(Ended(1, 0.4)));
        Assert.Equal([Blob(1, 1000)], Assert.Single(sweep.Apply(Ended(2, 0.3)).OfType<DeleteCheckpoints>()).Blobs);
        Assert.Equal([250L], sweep.Experiments[0].Checkpoints.Select(c => c.Images));
        Assert.Equal(sweep.Snapshot(), Sweep.Restore(sweep.Snapshot()).Snapshot());
        // Without its last checkpoint, 1 goes on from the one that was pinned, and 2 from its last.
        Assert.Equal([new StartExperiment(1, 2), new StartExperiment(2, 2)], sweep.Apply(new SweepExtended(Noon, 2000, null)).OfType<StartExperiment>());
        Assert.Equal([250L, 1000], sweep.Experiments.Select(e => e.Images));
    }

    [Fact]
    public void Apply_PausedExperiment_KeepsAllItsCheckpoints()
    {
        Sweep sweep = Start(Small with { Configurations = 1, Keep = new(0, 1) });
        sweep.Apply(Started(1));
        sweep.Apply(Saved(1, 250));
        sweep.Apply(new ExperimentPauseRequested(Noon, 1));
        Assert.Empty(sweep.Apply(Saved(1, 300)));
        sweep.Apply(Lost(1));
        Assert.Equal(2, sweep.Experiments[0].Checkpoints.Length);
    }

    [Fact]
    public void Apply_TagsShareAndNotesOfAnEndedSweep_OnlyTagsChange()
    {
        Sweep sweep = Start(Small);
        sweep.Apply(new ShareChanged(Noon, 3, 1));
        Assert.Equal((3d, 1), (sweep.Definition.Weight, sweep.Definition.Slots));
        Assert.Contains("weight is 0", sweep.Refusal(new ShareChanged(Noon, 0, null)), StringComparison.Ordinal);
        sweep.Apply(new CancelRequested(Noon, "enough"));
        Assert.Equal([new FinishSweep()], sweep.Apply(new TagsChanged(Noon, ["kept"], "why")));
        Assert.Equal(("kept", "why"), (sweep.Definition.Tags[0], sweep.Definition.Note));
        Assert.Equal("the sweep has ended (Cancelled)", sweep.Refusal(new ShareChanged(Noon, 1, null)));
        Assert.Equal(sweep.Snapshot(), Sweep.Restore(sweep.Snapshot()).Snapshot());
    }

    [Fact]
    public void Apply_Webhook_IsToldOfFailuresAndTheEndUntilClosed()
    {
        Sweep sweep = Start(Small with { Webhook = new("https://example.org", null, Webhook.KnownEvents) });
        sweep.Apply(Started(1));
        Assert.Contains(new SendNotice(1), sweep.Apply(Ended(1, null, ExperimentOutcome.Failed)));
        sweep.Apply(Started(2));
        Assert.Contains(new SendNotice(2), sweep.Apply(Ended(2, 0.5)));
        Assert.Equal([(1, "failed", 1), (2, "finished", null)], sweep.Notices.Select(n => (n.Id, n.Event, n.Experiment)));
        Assert.Equal([new SendNotice(1), new SendNotice(2), new FinishSweep()], Sweep.Restore(sweep.Snapshot()).Pending());
        Assert.Equal([new FinishSweep()], sweep.Apply(new NoticeClosed(Noon, 1, null)));
        Assert.Equal("notice 1 is closed", sweep.Refusal(new NoticeClosed(Noon, 1, null)));
        sweep.Apply(new NoticeClosed(Noon, 2, "gone"));
        Assert.Empty(sweep.Notices);
    }

    [Fact]
    public void IsKnown_EndToldAgain_IsSoAlsoAfterTheSweepHasEnded()
    {
        Sweep sweep = Start(Small with { Configurations = 1 });
        sweep.Apply(Started(1));
        Assert.False(sweep.IsKnown(Ended(1, 0.5)));
        sweep.Apply(Ended(1, 0.5));
        Assert.True(sweep.IsKnown(Ended(1, 0.5)));
        Assert.False(sweep.IsKnown(Ended(1, null, ExperimentOutcome.Failed)));
        Assert.False(sweep.IsKnown(Ended(1, 0.5, epoch: 2)));
        Assert.False(sweep.IsKnown(Ended(9, 0.5)));
    }

    [Fact]
    public void Restore_SnapshotFromBeforeTheseEvents_IsRead()
    {
        Sweep sweep = Start(Small);
        System.Text.Json.Nodes.JsonObject old = System.Text.Json.Nodes.JsonNode.Parse(sweep.Snapshot())!.AsObject();
        foreach (string key in (string[])["weight", "keep"])
            old["definition"]!.AsObject().Remove(key);
        Assert.Equal(sweep.Snapshot(), Sweep.Restore(System.Text.Encoding.UTF8.GetBytes(old.ToJsonString())).Snapshot());
    }
}
