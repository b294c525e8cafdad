using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Storage;
using CatGan.Web.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Web.Tests;

/// <summary>Watchers that lag behind, and journals that are folded under them. The clock stands: nothing looks by itself.</summary>
public sealed class WatchTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new();
    private readonly CancellationTokenSource over = new(TimeSpan.FromMinutes(1));
    private readonly ClusterLink link;
    private readonly SweepMirror mirror;
    private readonly SweepWatch watch;

    public WatchTests()
    {
        link = new(new FakeSilo { Reachable = false }, folder.Store, time, null!, null!);
        mirror = new(Cats.Id, folder.Store, time);
        watch = new(Cats.Id, folder.Store, mirror, new(Cats.Id, link, time), time);
    }

    private Journal Journal => new(folder.Store, Abstractions.StoreLayout.Journal(Cats.Id));

    [Fact]
    public async Task Watch_FoldedWhileMissedEventsAreRead_IsToldToReadAnewAndWhatIsStillThere()
    {
        FakeSweep sweep = await Cats.WriteAsync(folder.Store);
        await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None);
        folder.Store.Once(Batch(4), async _ =>
        {
            await Journal.WriteSnapshotAsync(6, sweep.Sweep.Snapshot(), CancellationToken.None);
            await Journal.WriteSnapshotAsync(7, sweep.Sweep.Snapshot(), CancellationToken.None);
        });
        await using Reader reader = new(watch.WatchAsync(new EventPosition(2, 0), over.Token));
        Assert.Equal(["status", "3.0", "reset", "7.0", "8.0"], await reader.NextAsync(5));
    }

    [Fact]
    public async Task Watch_AllFoldedWhileMissedEventsAreRead_GoesOnWithWhatComes()
    {
        FakeSweep sweep = await Cats.WriteAsync(folder.Store);
        await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None);
        folder.Store.Once(Batch(4), async _ =>
        {
            await Journal.WriteSnapshotAsync(7, sweep.Sweep.Snapshot(), CancellationToken.None);
            await Journal.WriteSnapshotAsync(8, sweep.Sweep.Snapshot(), CancellationToken.None);
            await folder.Store.DeleteAsync(Batch(8), CancellationToken.None);
        });
        await using Reader reader = new(watch.WatchAsync(new EventPosition(2, 0), over.Token));
        Assert.Equal(["status", "3.0", "reset"], await reader.NextAsync(3));
        await sweep.EndAsync(4, 1000, 2.5);
        await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(["9.0"], await reader.NextAsync(1));
    }

    [Fact]
    public async Task Watch_BehindByMoreThanTheBacklog_IsToldSoAndMissesNothingWhenItComesBack()
    {
        const int Many = 1200;
        FakeSweep sweep = await Cats.WriteAsync(folder.Store);
        List<string> had;
        await using (Reader slow = new(watch.WatchAsync(null, over.Token)))
        {
            await slow.NextAsync(1);
            ReadOnlyMemory<byte> line = SweepEvents.Write(new TagsChanged(sweep.Sweep.SubmittedAt, ["busy"], null));
            await Journal.AppendAsync(9, Guid.NewGuid(), [.. Enumerable.Repeat(line, Many)], CancellationToken.None);
            await mirror.GetAsync(TimeSpan.Zero, CancellationToken.None);
            had = await slow.RestAsync();
        }
        Assert.Equal("reset", had[^1]);
        string last = had.Last(id => id.Contains('.'));
        Assert.InRange(had.Count, 500, Many - 1);
        await using Reader back = new(watch.WatchAsync(EventPosition.Parse(last), over.Token));
        Assert.Equal("status", (await back.NextAsync(1))[0]);
        int missing = Many - had.Count(id => id.Contains('.'));
        Assert.Equal([.. Enumerable.Range(Many - missing, missing).Select(i => $"9.{i}")], await back.NextAsync(missing));
    }

    [Fact]
    public async Task Watch_AnotherWatcherLeavesDuringTheLook_HearsAllTheSame()
    {
        FakeSweep sweep = await Cats.WriteAsync(folder.Store);
        await using Reader stays = new(watch.WatchAsync(null, over.Token));
        await stays.NextAsync(1);
        await sweep.EndAsync(4, 1000, 2.5);
        TaskCompletionSource reached = new(), goOn = new();
        using CancellationTokenSource leaving = new();
        folder.Store.Once(Batch(10), cancellationToken =>
        {
            reached.SetResult();
            return goOn.Task.WaitAsync(cancellationToken);
        });
        await using Reader leaves = new(watch.WatchAsync(null, leaving.Token));
        Task<List<string>> first = leaves.NextAsync(1);
        await reached.Task.WaitAsync(Patience);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        goOn.SetResult();
        Assert.Equal(["9.0"], await stays.NextAsync(1));
    }

    public async ValueTask DisposeAsync()
    {
        mirror.Dispose();
        await link.DisposeAsync();
        over.Dispose();
        folder.Dispose();
    }

    private static string Batch(long sequence) => $"{Abstractions.StoreLayout.Journal(Cats.Id)}{sequence:D12}";

    /// <summary>One who watches, and names each event by its place and everything else by its type; statuses behind the first are passed over.</summary>
    private sealed class Reader(IAsyncEnumerable<WatchMessage> messages) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<WatchMessage> enumerator = messages.GetAsyncEnumerator();
        private bool begun;

        public async Task<List<string>> NextAsync(int count)
        {
            List<string> next = await TakeAsync(count);
            Assert.True(next.Count == count, $"it ended after {string.Join(", ", next)}");
            return next;
        }

        public Task<List<string>> RestAsync() => TakeAsync(int.MaxValue);

        public async ValueTask DisposeAsync()
        {
            try
            {
                await enumerator.DisposeAsync();
            }
            catch (NotSupportedException)
            {
                // It waits still, after a test that failed.
            }
        }

        private async Task<List<string>> TakeAsync(int most)
        {
            List<string> taken = [];
            while (taken.Count < most && await enumerator.MoveNextAsync().AsTask().WaitAsync(Patience))
            {
                WatchMessage message = enumerator.Current;
                if (message.Type != "status" || !begun)
                    taken.Add(message.Type is "status" or "reset" ? message.Type : $"{message.Position}");
                begun = true;
            }
            return taken;
        }
    }
}
