using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Storage;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>A mirror that follows a journal shows what one shows that has just read all of it.</summary>
public class MirrorTests
{
    [Fact]
    public async Task View_AfterEachEvent_IsThatOfAFreshReading()
    {
        using TemporaryFolder folder = new();
        FakeSweep sweep = await Cats.WriteAsync(folder.Store);
        using SweepMirror mirror = new(Cats.Id, folder.Store, TimeProvider.System);
        Func<Task>[] steps =
        [
            () => sweep.CheckpointAsync(4, 200),
            () => sweep.RungAsync(4, 300, 9),
            () => sweep.LoseAsync(4),
            () => sweep.ApplyAsync(t => new ExperimentRetried(t, 3, true)),
            () => sweep.BeginAsync(3, 2),
            () => sweep.ApplyAsync(t => new ExperimentPauseRequested(t, 3)),
            () => sweep.LoseAsync(3, 2),
            () => sweep.ApplyAsync(t => new CheckpointPinned(t, 4, "checkpoint-4-200")),
            () => sweep.ApplyAsync(t => new TagsChanged(t, ["new"], "a note")),
            () => sweep.ApplyAsync(t => new SweepExtended(t, 2000)),
            () => sweep.BeginAsync(1, 2),
            () => sweep.EndAsync(1, 2000, 3.5, epoch: 2),
            () => sweep.ApplyAsync(t => new PauseRequested(t)),
            () => sweep.ApplyAsync(t => new Resumed(t)),
            () => sweep.ApplyAsync(t => new CancelRequested(t, "enough")),
        ];
        Assert.NotNull(await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None));
        foreach (Func<Task> step in steps)
        {
            await step();
            using SweepMirror fresh = new(Cats.Id, folder.Store, TimeProvider.System);
            Assert.Equal(Shown((await fresh.GetAsync(TimeSpan.Zero, CancellationToken.None))!), Shown((await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None))!));
        }
    }

    [Fact]
    public async Task View_AfterItsBatchesWereFoldedAway_ReadsAnew()
    {
        using TemporaryFolder folder = new();
        FakeSweep sweep = await Cats.WriteAsync(folder.Store);
        using SweepMirror mirror = new(Cats.Id, folder.Store, TimeProvider.System);
        bool anew = false;
        mirror.OnEvents = events => anew |= events is null;
        await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None);
        await sweep.EndAsync(4, 1000, 2.5);
        Journal journal = new(folder.Store, StoreLayout.Journal(Cats.Id));
        await journal.WriteSnapshotAsync(8, sweep.Sweep.Snapshot(), CancellationToken.None);
        await journal.WriteSnapshotAsync(9, sweep.Sweep.Snapshot(), CancellationToken.None);
        await folder.Store.DeleteAsync(StoreLayout.Journal(Cats.Id) + "000000000009", CancellationToken.None);
        SweepView view = null!;
        for (int look = 0; look < 20 && !anew; look++)
            view = (await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None))!;
        Assert.True(anew);
        Assert.Equal(2.5, view.Summary.Best);
    }

    [Fact]
    public async Task View_OfWhoLooksSeldom_IsNotThatOfTheLookBefore()
    {
        using TemporaryFolder folder = new();
        FakeSweep sweep = await Cats.WriteAsync(folder.Store);
        SkippingTime time = new();
        using SweepMirror mirror = new(Cats.Id, folder.Store, time);
        await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None);
        await sweep.EndAsync(4, 1000, 2.5);
        Journal journal = new(folder.Store, StoreLayout.Journal(Cats.Id));
        await journal.WriteSnapshotAsync(8, sweep.Sweep.Snapshot(), CancellationToken.None);
        await journal.WriteSnapshotAsync(9, sweep.Sweep.Snapshot(), CancellationToken.None);
        await folder.Store.DeleteAsync(StoreLayout.Journal(Cats.Id) + "000000000009", CancellationToken.None);
        await Task.Delay(TimeSpan.FromMinutes(5), time);
        Assert.Equal(2.5, (await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None))!.Summary.Best);
    }

    [Fact]
    public async Task Look_WhoAskedForItLeaves_TellsOfWhatItFound()
    {
        using TemporaryFolder folder = new();
        FakeSweep sweep = await Cats.WriteAsync(folder.Store);
        using SweepMirror mirror = new(Cats.Id, folder.Store, TimeProvider.System);
        List<string> told = Listen(mirror);
        await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None);
        await sweep.EndAsync(4, 1000, 2.5);
        TaskCompletionSource reached = new(), goOn = new();
        folder.Store.Once(Batch(10), cancellationToken =>
        {
            reached.SetResult();
            return goOn.Task.WaitAsync(cancellationToken);
        });
        using CancellationTokenSource leaving = new();
        Task<SweepView?> look = mirror.GetAsync(TimeSpan.Zero, leaving.Token);
        await reached.Task;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
        goOn.SetResult();
        await sweep.BeginAsync(5);
        Assert.Equal(10, (await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None))!.Sequence);
        Assert.Equal(["9.0", "10.0"], told);
    }

    [Fact]
    public async Task Look_TheStoreFailsBehindABatch_TellsOfTheBatch()
    {
        using TemporaryFolder folder = new();
        FakeSweep sweep = await Cats.WriteAsync(folder.Store);
        using SweepMirror mirror = new(Cats.Id, folder.Store, TimeProvider.System);
        List<string> told = Listen(mirror);
        await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None);
        await sweep.EndAsync(4, 1000, 2.5);
        folder.Store.Once(Batch(10), _ => throw new IOException("the disk is gone"));
        await Assert.ThrowsAsync<IOException>(() => mirror.GetAsync(TimeSpan.Zero, CancellationToken.None));
        await sweep.BeginAsync(5);
        Assert.Equal(10, (await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None))!.Sequence);
        Assert.Equal(["9.0", "10.0"], told);
    }

    [Fact]
    public async Task Look_ABatchWasNoGoodAndIsMended_HasWatchersReadAnew()
    {
        using TemporaryFolder folder = new();
        FakeSweep sweep = await Cats.WriteAsync(folder.Store);
        using SweepMirror mirror = new(Cats.Id, folder.Store, TimeProvider.System);
        List<string> told = Listen(mirror);
        await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None);
        Journal journal = new(folder.Store, StoreLayout.Journal(Cats.Id));
        await journal.AppendAsync(9, Guid.NewGuid(), ["{}"u8.ToArray()], CancellationToken.None);
        await Assert.ThrowsAnyAsync<Exception>(() => mirror.GetAsync(TimeSpan.Zero, CancellationToken.None));
        await folder.Store.DeleteAsync(Batch(9), CancellationToken.None);
        await sweep.EndAsync(4, 1000, 2.5);
        Assert.Equal(2.5, (await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None))!.Summary.Best);
        Assert.Equal(["anew"], told);
    }

    private static string Batch(long sequence) => $"{StoreLayout.Journal(Cats.Id)}{sequence:D12}";

    private static List<string> Listen(SweepMirror mirror)
    {
        List<string> told = [];
        mirror.OnEvents = events => told.AddRange(events?.Select(e => e.Position.ToString()) ?? ["anew"]);
        return told;
    }

    private static string Shown(SweepView view) => JsonSerializer.Serialize(new
    {
        view.Sequence,
        view.Summary,
        view.Experiments,
        rows = view.Table.Rows.Select(r => view.Table.Columns.Select(c => c.ValueOf(r))),
        places = view.Record.Ranking.Select(r => (r.Rank, r.Configuration, r.Mean, r.Reason)),
        best = view.Ordered(view.Table.Columns.Single(c => c.Name == "best"), descending: false).Select(r => r.Experiment.Number),
    });
}
