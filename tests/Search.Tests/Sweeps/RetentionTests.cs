using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

public sealed class RetentionTests
{
    [Fact]
    public void Apply_ManyCheckpoints_KeepsTheLastTwoAndTheBest()
    {
        // Best at 500 (0.2): with 750 and 1000 after it, 250 goes first, then nothing, then 750.
        Sweep sweep = Running();
        Assert.Empty(Reach(sweep, 250, 0.5));
        Assert.Empty(Reach(sweep, 500, 0.2));
        Assert.Equal([Blob(1, 250)], Deleted(Reach(sweep, 750, 0.4)));
        Assert.Empty(sweep.Apply(Saved(1, 800)));
        Assert.Equal([Blob(1, 250), Blob(1, 750)], Deleted(sweep.Apply(Saved(1, 900))));
        Assert.Equal([500L, 800, 900], sweep.Experiments[0].Checkpoints.Select(c => c.Images));
        Assert.Equal(500, sweep.Experiments[0].BestCheckpoint(Small.Objective)?.Images);
        Assert.Equal(900, sweep.Experiments[0].LastCheckpoint?.Images);
    }

    [Fact]
    public void Apply_BestScoreWithoutItsCheckpoint_KeepsTheBestOfThoseThatThereAre()
    {
        // The score at 750 is the best, but its checkpoint never came.
        Sweep sweep = Running();
        Reach(sweep, 250, 0.3);
        Reach(sweep, 500, 0.4);
        sweep.Apply(Rung(1, 750, 0.1));
        sweep.Apply(Saved(1, 800));
        sweep.Apply(Saved(1, 900));
        Assert.Equal([250L, 800, 900], sweep.Experiments[0].Checkpoints.Select(c => c.Images));
    }

    [Fact]
    public void Apply_SameCheckpointTwice_ChangesNothing()
    {
        Sweep sweep = Running();
        sweep.Apply(Saved(1, 250));
        byte[] before = sweep.Snapshot();
        Assert.Empty(sweep.Apply(Saved(1, 250)));
        Assert.Equal(before, sweep.Snapshot());
    }

    [Fact]
    public void Apply_AttemptThatStartedFurtherBack_ReplacesTheCheckpointsAhead()
    {
        // 750 was torn: attempt 2 went on from 500 and wrote its own 750.
        Sweep sweep = Running();
        sweep.Apply(Saved(1, 500));
        sweep.Apply(Saved(1, 750));
        sweep.Apply(Lost(1));
        sweep.Apply(Started(1, 2));
        Assert.Equal([Blob(1, 750)], Deleted(sweep.Apply(Saved(1, 750, epoch: 2))));
        Assert.Equal([Blob(1, 500), Blob(1, 750, 2)], sweep.Experiments[0].Checkpoints.Select(c => c.Blob));
    }

    [Fact]
    public void Apply_EndWithDeletionsOpen_FinishesOnlyAfterThem()
    {
        Sweep sweep = Running();
        sweep.Apply(Saved(1, 250));
        sweep.Apply(Saved(1, 500));
        sweep.Apply(Saved(1, 750));
        Assert.Empty(sweep.Apply(Ended(1, 0.5)));
        Assert.Equal(SweepStage.Finished, sweep.Stage);
        Assert.Equal([Blob(1, 250)], Deleted(sweep.Pending()));
        Assert.Equal([new FinishSweep()], sweep.Apply(new CheckpointsDeleted(Noon, 1, [Blob(1, 250)])));
        Assert.Equal([new FinishSweep()], sweep.Pending());
    }

    private static Sweep Running()
    {
        Sweep sweep = Start(Small with { Configurations = 1 });
        sweep.Apply(Started(1));
        return sweep;
    }

    private static List<SweepAction> Reach(Sweep sweep, long images, double swd) =>
        [.. sweep.Apply(Rung(1, images, swd)), .. sweep.Apply(Saved(1, images))];

    private static IEnumerable<string> Deleted(IReadOnlyList<SweepAction> actions) => Assert.IsType<DeleteCheckpoints>(Assert.Single(actions)).Blobs;
}
