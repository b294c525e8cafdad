using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

/// <summary>ASHA with eta 2 and rungs at 100 and 200 images of 400: at a rung that n have reached, the best floor(n / 2) go on.</summary>
public sealed class AshaTests
{
    [Fact]
    public void Play_WholeSweepInOnePlace_PausesPromotesAndEndsAsWorkedOut()
    {
        PrunedSweep sweep = new(PrunedSweep.Of("asha", 6, ("eta", "2")));
        // Rung 100: 0.5. One reached it, floor(1/2) = 0 go on.
        Assert.Equal("paused", sweep.At(1, 100, 0.5));
        // Rung 100: 0.4 0.5. One goes on, and 2 is it.
        Assert.Equal([2], sweep.Active);
        Assert.Equal("goes on", sweep.At(2, 100, 0.4));
        // Rung 200: 0.35, none goes on. Of rung 100 experiment 1 is second where one may go on: 3 is new.
        Assert.Equal("paused", sweep.At(2, 200, 0.35));
        Assert.Equal([3], sweep.Active);
        // Rung 100: 0.4 0.5 0.6, still one.
        Assert.Equal("paused", sweep.At(3, 100, 0.6));
        // Rung 100: 0.4 0.45 0.5 0.6, two go on, and 4 is the second. Rung 200: 0.3 0.35, one goes on, 4 again.
        Assert.Equal("goes on", sweep.At(4, 100, 0.45));
        Assert.Equal("goes on", sweep.At(4, 200, 0.3));
        sweep.End(4, 0.2);
        // Rung 200: 2 is second of two. Rung 100: 1 is third of four. So 5 is new; it diverges on the way to rung 100 and is its worst.
        Assert.Equal([5], sweep.Active);
        sweep.End(5, null, ExperimentOutcome.Diverged);
        // Rung 100: 0.4 0.45 0.5 0.6 -, two of five go on; 1 is third.
        Assert.Equal([6], sweep.Active);
        // Rung 100: 0.4 0.45 0.5 0.6 0.7 -, three of six go on: not 6, but 1 is third now, and is promoted from its checkpoint.
        Assert.Equal("paused", sweep.At(6, 100, 0.7));
        Assert.Equal([1], sweep.Active);
        Assert.Equal((ExperimentStage.Offered, 1, 100L), (sweep[1].Stage, sweep[1].Epoch, sweep[1].LastCheckpoint!.Images));
        // Rung 200: 0.3 0.33 0.35, one of three. Nothing is left, nothing can be promoted: 1, 2, 3 and 6 end.
        Assert.Equal("paused", sweep.At(1, 200, 0.33));
        Assert.Equal(SweepStage.Finished, sweep.Sweep.Stage);
        Assert.Equal((4, 1, 1), (sweep.Sweep.CountOf(ExperimentOutcome.Stopped), sweep.Sweep.CountOf(ExperimentOutcome.Completed), sweep.Sweep.CountOf(ExperimentOutcome.Diverged)));
        Assert.Equal("asha: rank 4 of 6 at 100 images (swd 0.6), 1 in 2 goes on", sweep[3].Reason);
        Assert.Equal("asha: rank 2 of 3 at 200 images (swd 0.33), 1 in 2 goes on", sweep[1].Reason);
        Assert.Equal(4, sweep.Sweep.Best!.Number);
        // 400 of 4, 200 each of 1 and 2, 100 each of 3 and 6, 50 of 5.
        Assert.Equal(1050, sweep.Sweep.Images);
    }

    [Fact]
    public void Play_ObjectiveToMaximize_CountsTheOtherWay()
    {
        PrunedSweep sweep = new(PrunedSweep.Of("asha", 4, ("eta", "2")) with { Objective = new("swd", Minimize: false) });
        Assert.Equal("paused", sweep.At(1, 100, 0.4));
        Assert.Equal("goes on", sweep.At(2, 100, 0.5));
    }

    [Fact]
    public void Play_PlacesFree_ALostWorkersExperimentComesFirstThenAPromotionThenANewOne()
    {
        // 1 and 2 run. 1 pauses at 0.5 (none of one goes on), 3 starts; 2 goes on (0.4) and its worker is lost with one place
        // left for it; 3 then pauses (0.6). The place goes to 2 first.
        PrunedSweep sweep = new(PrunedSweep.Of("asha", 8, ("eta", "2")), places: 2);
        sweep.At(1, 100, 0.5);
        Assert.Equal("goes on", sweep.At(2, 100, 0.4));
        sweep.Sweep.Apply(new CapacityChanged(Noon, 1));
        sweep.Sweep.Apply(Lost(2));
        Assert.Equal([3], sweep.Active);
        sweep.At(3, 100, 0.6);
        Assert.Equal([2], sweep.Active);
        sweep.Sweep.Apply(Started(2, 2));
        sweep.Sweep.Apply(new CapacityChanged(Noon, 2));
        // 4 is second of four and goes on; 5 is fourth of five (0.4 0.45 0.5 0.55 0.6, two go on) and 1 is third: 6 is new.
        Assert.Equal("goes on", sweep.At(4, 100, 0.45));
        sweep.End(4, 0.2);
        Assert.Equal([2, 5], sweep.Active);
        Assert.Equal("paused", sweep.At(5, 100, 0.55));
        Assert.Equal([2, 6], sweep.Active);
        // With 6 three of six go on: 1 is promoted before 7 comes.
        Assert.Equal("paused", sweep.At(6, 100, 0.7));
        Assert.Equal([1, 2], sweep.Active);
    }

    [Fact]
    public void Play_ScoresALittlePastARung_BelongToIt()
    {
        // An iteration takes whole batches: 104 and 128 images are the first ends past 100, 190 is one of many batches.
        PrunedSweep sweep = new(PrunedSweep.Of("asha", 4, ("eta", "2")));
        Assert.Equal("paused", sweep.At(1, 104, 0.5));
        Assert.Equal("goes on", sweep.At(2, 128, 0.4));
        Assert.Equal("paused", sweep.At(2, 210, 0.4));
        Assert.Equal("paused", sweep.At(3, 190, 0.45));
        Assert.Equal("asha: rank 2 of 3 at 100 images (swd 0.45), 1 in 2 goes on", sweep[3].PauseReason);
        Assert.Equal(104, sweep[1].LastCheckpoint!.Images);
    }

    [Fact]
    public void Promotion_TwoRungsOffer_TheHighestGoesFirst()
    {
        PrunedSweep sweep = new(PrunedSweep.Of("asha", 8, ("eta", "2")), places: 4);
        Assert.Equal("paused", sweep.At(1, 100, 0.5));      // 1 of 1
        Assert.Equal("goes on", sweep.At(2, 100, 0.4));     // 1st of 2
        Assert.Equal("paused", sweep.At(3, 100, 0.45));     // 2nd of 3, one goes on
        Assert.Equal("goes on", sweep.At(4, 100, 0.39));    // 1st of 4, two go on: 0.39 0.4
        Assert.Equal("paused", sweep.At(2, 200, 0.3));      // 1 of 1
        Assert.Equal([4, 5, 6, 7], sweep.Active);
        // The pool shrinks to one, so that nothing starts while three leave.
        sweep.Sweep.Apply(new CapacityChanged(Noon, 1));
        Assert.Equal("paused", sweep.At(4, 200, 0.35));     // 2nd of 2: 2 (0.3) could go on now
        Assert.Equal("paused", sweep.At(5, 100, 0.6));      // 5th of 5
        Assert.Equal("paused", sweep.At(6, 100, 0.7));      // 6th of 6, three go on: 3 (0.45) could now
        Assert.Equal("paused", sweep.At(7, 100, 0.8));      // 7th of 7: its place is free
        Assert.Equal([2], sweep.Active);
        sweep.Sweep.Apply(new CapacityChanged(Noon, 3));
        Assert.Equal([2, 3, 8], sweep.Active);
    }

    [Fact]
    public void Play_FewerThanEta_TheBestOfTheHighestRungGoesOnUntilOneHasUsedItsBudget()
    {
        // Two at rung 100 where one in four goes on: none would. The better one goes on alone, diverges, and then the other does.
        PrunedSweep sweep = new(PrunedSweep.Of("asha", 2, ("eta", "4")));
        Assert.Equal("paused", sweep.At(1, 100, 0.5));
        Assert.Equal("paused", sweep.At(2, 100, 0.4));
        Assert.Equal([2], sweep.Active);
        sweep.End(2, null, ExperimentOutcome.Diverged);
        Assert.Equal([1], sweep.Active);
        Assert.Equal("paused", sweep.At(1, 200, 0.4));
        Assert.Equal([1], sweep.Active);
        sweep.End(1, 0.3);
        Assert.Equal((SweepStage.Finished, 1), (sweep.Sweep.Stage, sweep.Sweep.CountOf(ExperimentOutcome.Completed)));
    }

    [Fact]
    public void Apply_WhatAnAttemptDidPastItsPause_IsDropped()
    {
        // Experiment 1 pauses at 100, but has reached 200 when it hears of it.
        PrunedSweep sweep = new(PrunedSweep.Of("asha", 1, ("eta", "2")));
        sweep.Sweep.Apply(Started(1));
        sweep.Sweep.Apply(Saved(1, 100));
        Assert.IsType<StopExperiment>(Assert.Single(sweep.Sweep.Apply(Rung(1, 100, 0.5))));
        Assert.Equal([Blob(1, 200)], Assert.IsType<DeleteCheckpoints>(Assert.Single(sweep.Sweep.Apply(Saved(1, 200)))).Blobs);
        Assert.Empty(sweep.Sweep.Apply(Rung(1, 200, 0.4)));
        // It is all there is: it goes on, from the rung's checkpoint.
        Assert.Equal([new StartExperiment(1, 2)], sweep.Sweep.Apply(Lost(1)));
        Assert.Equal((100, Blob(1, 100), 1), (sweep[1].Images, sweep[1].LastCheckpoint!.Blob, sweep[1].Rungs.Length));
        sweep.Sweep.Apply(Started(1, 2));
        sweep.Sweep.Apply(Saved(1, 200, epoch: 2));
        Assert.Single(sweep.Sweep.Apply(Rung(1, 200, 0.4, epoch: 2)));
        Assert.Equal([Blob(1, 100), Blob(1, 200, 2)], sweep[1].Checkpoints.Select(c => c.Blob));
    }

    [Fact]
    public void Apply_CancelWithPausedExperiments_EndsThemToo()
    {
        PrunedSweep sweep = new(PrunedSweep.Of("asha", 3, ("eta", "2")));
        sweep.At(1, 100, 0.5);
        Assert.Equal((1, 1), (sweep.Sweep.PausedCount, sweep.Sweep.WaitingCount - 1));
        sweep.Sweep.Apply(new CancelRequested(Noon, "enough"));
        Assert.Equal((ExperimentOutcome.Cancelled, SweepStage.Cancelled, 0), (sweep[1].Outcome, sweep.Sweep.Stage, sweep.Sweep.PausedCount));
    }

    [Fact]
    public void Play_TwoBrackets_CompareOnlyWithinTheirOwn()
    {
        // Configurations 0, 2 are in bracket 0, 1 and 3 in bracket 1, which judges from 200 on.
        PrunedSweep sweep = new(PrunedSweep.Of("asha", 4, ("eta", "2"), ("brackets", "2")));
        Assert.Equal("paused", sweep.At(1, 100, 0.1));
        Assert.Equal("goes on", sweep.At(2, 100, 0.9));
        Assert.Equal("paused", sweep.At(2, 200, 0.8));
        Assert.Equal("asha bracket 1: rank 1 of 1 at 200 images (swd 0.8), 1 in 2 goes on", sweep[2].PauseReason);
        // Bracket 0 at 100: 0.1 0.2, one goes on: 1, promoted in the place of 3.
        Assert.Equal("paused", sweep.At(3, 100, 0.2));
        Assert.Equal([1], sweep.Active);
    }

    [Theory]
    [InlineData("eta", "1", "pruner.eta: pruner.eta is 1, but must be a whole number from 2 to 100")]
    [InlineData("eta", "many", "pruner.eta: pruner.eta is many, but must be a whole number from 2 to 100")]
    [InlineData("warmup_images", "5", "pruner.warmup_images: warmup_images is no option of the asha pruner, which has eta, min_images, brackets")]
    [InlineData("brackets", "4", "pruner.brackets: pruner.brackets is 4, but 2 rungs make at most 3 (the last one prunes nothing); give fewer brackets, or more rungs")]
    [InlineData("min_images", "50", "pruner.min_images: pruner.min_images is 50, but rungs begins with 100; give only one of the two")]
    public void Faults_OptionsThatDoNotFit_AreNamed(string option, string value, string fault) =>
        Assert.Equal([fault], PrunedSweep.Of("asha", 4, (option, value)).Faults().Select(f => f.ToString()));

    [Fact]
    public void Settled_WhatIsNotGiven_IsWrittenDownAndTheRestStays()
    {
        Assert.Equal("2", PrunerChoice.Of("asha").Settled().Options["eta"]);
        Assert.Equal("3", PrunerChoice.Of("hyperband").Settled().Options["eta"]);
        PrunerChoice given = PrunedSweep.Of("asha", 1, ("eta", "5"), ("min_images", "100")).Pruner!;
        Assert.Equal(given, given.Settled());
        Assert.Empty(PrunerChoice.Of("median").Settled().Options);
    }

    [Fact]
    public void Judge_DefinitionOfAnEarlierVersionWithoutEta_GoesByFourAsItDidThen()
    {
        // One of four: the fourth that is the best goes on, no earlier one did.
        PrunedSweep sweep = new(PrunedSweep.Of("asha", 4));
        Assert.Equal(["paused", "paused", "paused", "goes on"], Enumerable.Range(1, 4).Select(n => sweep.At(n, 100, 1.0 / n)));
    }

    [Fact]
    public void DefaultRungs_BudgetAndOptions_GiveTheLadder()
    {
        // 64,000 / 16 = 4,000; 8,000; 16,000; 32,000; the end.
        Assert.Equal([4000, 8000, 16_000, 32_000], PrunerChoice.Of("asha").DefaultRungs(64_000));
        Assert.Equal([4000, 16_000], PrunedSweep.Of("asha", 1, ("eta", "4")).Pruner!.DefaultRungs(64_000));
        // 100 / 16, rounded up: 7; 21; 63; 189 is past the end.
        Assert.Equal([7, 21, 63], PrunerChoice.Of("hyperband").DefaultRungs(100));
        Assert.Empty(PrunerChoice.Of("asha").DefaultRungs(1));
        Assert.Equal([1000, 2000, 4000], PrunedSweep.Of("asha", 1, ("eta", "2"), ("min_images", "1000")).Pruner!.DefaultRungs(8000));
        Assert.Empty(PrunerChoice.Of("median").DefaultRungs(64_000));
        Assert.Equal(
            ["pruner.min_images: pruner.min_images is 500, but must be below the budget of 400 images"],
            (PrunedSweep.Of("asha", 4, ("min_images", "500")) with { Rungs = [] }).Faults().Select(f => f.ToString()));
        Assert.Equal(
            ["pruner: pruner is halving, but must be one of none, median, asha, hyperband"],
            PrunedSweep.Of("halving", 4).Faults().Select(f => f.ToString()));
    }
}
