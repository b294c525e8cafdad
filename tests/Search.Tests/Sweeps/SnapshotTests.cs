using System.Text;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

/// <summary>Alone in the process: its memory is everybody's.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Snapshots of sweeps whose ended experiments lie as lines, and of moments that have passed.</summary>
[Collection(nameof(Alone))]
public sealed class SnapshotTests
{
    private static readonly SweepDefinition _large = Small with { Sampler = SamplerChoice.Of("random"), Configurations = 4 * ExperimentShelf.Newest };

    [Fact]
    public void Restore_ManyEnded_IsTheSameAndGoesOnTheSame()
    {
        Sweep sweep = Start(_large, capacity: 3);
        Play(sweep, 1, 3 * ExperimentShelf.Newest);
        Sweep again = Sweep.Restore(sweep.Snapshot());
        Assert.Equal(sweep.Snapshot(), again.Snapshot());
        Assert.Equal((sweep.EndedCount, sweep.Images, sweep.Best!.Number), (again.EndedCount, again.Images, again.Best!.Number));
        Play(sweep, (3 * ExperimentShelf.Newest) + 1, 4 * ExperimentShelf.Newest);
        Play(again, (3 * ExperimentShelf.Newest) + 1, 4 * ExperimentShelf.Newest);
        Assert.Equal(sweep.Snapshot(), again.Snapshot());
        Assert.Equal(SweepStage.Finished, again.Stage);
    }

    [Fact]
    public void Experiments_ThatEndedLongAgo_ShowAllOfTheirLives()
    {
        Sweep sweep = Start(_large);
        Play(sweep, 1, _large.Configurations!.Value);
        Experiment first = sweep.Experiments[0];
        Assert.Equal((1, ExperimentStage.Ended, ExperimentOutcome.Completed, 1), (first.Number, first.Stage, first.Outcome, first.Epoch));
        Assert.Equal([250L, 1000], first.Rungs.Select(r => r.Images));
        Assert.Equal([1.0, 0.5], first.Rungs.Select(r => r.Scores["swd"]));
        Assert.Equal(Blob(1, 250), Assert.Single(first.Checkpoints).Blob);
        Assert.Equal(Enumerable.Range(1, sweep.Total), sweep.Experiments.Select(e => e.Number));
        Assert.Equal(sweep.Total, sweep.Ranking().Count);
    }

    [Fact]
    public void Apply_CheckpointsDeletedLongAfterTheEnd_AreForgotten()
    {
        // A checkpoint further back by a second attempt supersedes the first one's, which then waits for its deletion.
        Sweep sweep = Start(_large);
        sweep.Apply(Started(1));
        sweep.Apply(Saved(1, 500));
        sweep.Apply(Lost(1));
        sweep.Apply(Started(1, 2));
        sweep.Apply(Saved(1, 250, 2));
        sweep.Apply(Ended(1, 0.5, epoch: 2));
        Play(sweep, 2, _large.Configurations!.Value);
        Assert.Equal([new DeleteCheckpoints(1, [Blob(1, 500)])], sweep.Pending(), Same);
        Assert.Equal([new FinishSweep()], sweep.Apply(new CheckpointsDeleted(Noon, 1, [Blob(1, 500)])));
        Assert.Empty(sweep.Experiments[0].Deleting);
    }

    // Who counts since when nothing new came goes on counting where the sweep is read again.
    [Fact]
    public void ProgressAt_NewsAndNoNews_IsThatOfTheNewestNewsAlsoAfterRestore()
    {
        Sweep sweep = Start(Small);
        Assert.Equal(Noon, sweep.ProgressAt);
        sweep.Apply(Started(1) with { At = Noon.AddHours(1) });
        sweep.Apply(Saved(1, 250) with { At = Noon.AddHours(2) });
        sweep.Apply(Saved(1, 500) with { At = Noon.AddHours(1) });
        sweep.Apply(Lost(1) with { At = Noon.AddHours(3) });
        sweep.Apply(new CapacityChanged(Noon.AddHours(4), 2));
        Assert.Equal(Noon.AddHours(2), sweep.ProgressAt);
        Assert.Equal(Noon.AddHours(2), Sweep.Restore(sweep.Snapshot()).ProgressAt);
    }

    [Fact]
    public void ProgressAt_SnapshotOfAnEarlierVersion_IsWhatItsAttemptsTell()
    {
        Sweep sweep = Start(Small);
        sweep.Apply(Started(1) with { At = Noon.AddHours(1) });
        string earlier = Encoding.UTF8.GetString(sweep.Snapshot()).Replace("\"progress_at\":\"2026-01-01T13:00:00+00:00\",", "", StringComparison.Ordinal);
        Assert.DoesNotContain("progress_at", earlier, StringComparison.Ordinal);
        Assert.Equal(Noon.AddHours(1), Sweep.Restore(Encoding.UTF8.GetBytes(earlier)).ProgressAt);
    }

    [Fact]
    public void Capture_SweepGoesOn_KeepsItsMoment()
    {
        Sweep sweep = Start(_large);
        Play(sweep, 1, 2 * ExperimentShelf.Newest);
        byte[] then = sweep.Snapshot();
        SweepCapture capture = sweep.Capture();
        Play(sweep, (2 * ExperimentShelf.Newest) + 1, 4 * ExperimentShelf.Newest);
        Assert.Equal(then, capture.Pieces().SelectMany(p => p.ToArray()));
        Assert.NotEqual(then, sweep.Snapshot());
    }

    [Fact]
    public void Ended_Experiments_KeepLittleMemory()
    {
        // With nine rungs as objects an experiment takes some 2.3 KiB; as its line about 1.
        Sweep sweep = Start(Small with { Sampler = SamplerChoice.Of("random"), Configurations = 10_000 });
        Play(sweep, 1, 1000);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Play(sweep, 1001, 10_000, rungs: 9);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal(10_000, sweep.EndedCount);
        Assert.InRange((after - before) / 9000, 100, 1600);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":1,"experiments":3}""")]
    [InlineData("""{"version":1,"experiments":[{]}""")]
    [InlineData("""{"version":1,"experiments":[7]}""")]
    public void Restore_NotASnapshot_SaysSo(string text) => Assert.Throws<SweepFormatException>(() => Sweep.Restore(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Restore_CutAnywhere_SaysSo()
    {
        Sweep sweep = Start(Small);
        Play(sweep, 1, 2);
        byte[] whole = sweep.Snapshot();
        Assert.All(Enumerable.Range(0, whole.Length), at => Assert.Throws<SweepFormatException>(() => Sweep.Restore(whole.AsSpan(0, at))));
    }

    private static void Play(Sweep sweep, int from, int to, int rungs = 1)
    {
        for (int number = from; number <= to; number++)
        {
            sweep.Apply(Started(number));
            for (int rung = 1; rung <= rungs; rung++)
                sweep.Apply(Rung(number, 250 * rung / rungs, 1.0 / number));
            sweep.Apply(Saved(number, 250));
            sweep.Apply(Ended(number, 0.5));
        }
    }

    private static bool Same(SweepAction one, SweepAction other) => (one, other) switch
    {
        (DeleteCheckpoints a, DeleteCheckpoints b) => a.Number == b.Number && a.Blobs.SequenceEqual(b.Blobs),
        _ => one.Equals(other),
    };
}
