using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Sweeps;
using CatGan.Grains.Tests.Support;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Grains.Tests.Sweeps;

public class SweepLedgerTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly MemoryBlobStore _store = new();
    private readonly FakeTimeProvider _time = new(At);

    [Fact]
    public async Task Commit_Acknowledged_IsInTheJournal()
    {
        SweepLedger ledger = await SubmittedAsync();
        await ledger.CommitAsync(new AttemptStarted(At, 1, 1, "w"));
        SweepLedger again = await OpenAsync();
        Assert.Equal(ledger.Sweep!.Snapshot(), again.Sweep!.Snapshot());
        Assert.Equal(1, again.Sweep.RunningCount);
    }

    [Fact]
    public async Task Commit_ManyWhileOneWrites_TravelAsOneBatch()
    {
        SweepLedger ledger = await SubmittedAsync(capacity: 3);
        TaskCompletionSource hold = new();
        _store.BeforeWrite = _ => hold.Task;
        Task[] commits = [.. Enumerable.Range(1, 3).Select(n => ledger.CommitAsync(new AttemptStarted(At, n, 1, "w")))];
        Assert.All(commits, c => Assert.False(c.IsCompleted));
        hold.SetResult();
        await Task.WhenAll(commits);
        Assert.Equal(3, _store.Names(StoreLayout.Journal("s")).Count);
    }

    [Fact]
    public async Task Commit_ActionsFollowDurability()
    {
        SweepLedger ledger = await OpenAsync();
        List<SweepAction> actions = [];
        ledger.OnActions = actions.AddRange;
        TaskCompletionSource hold = new();
        _store.BeforeWrite = _ => hold.Task;
        Task commit = ledger.CommitAsync(new SweepSubmitted(At, Support.Sweeps.Definition(), 2));
        Assert.Empty(actions);
        hold.SetResult();
        await commit;
        Assert.Equal(2, actions.OfType<StartExperiment>().Count());
    }

    [Fact]
    public async Task Commit_WriteFails_IsRefusedAndBrokenForGood()
    {
        SweepLedger ledger = await SubmittedAsync();
        Exception? broken = null;
        ledger.OnBroken = fault => broken = fault;
        _store.BeforeWrite = _ => throw new IOException("disk full");
        Task refused = ledger.CommitAsync(new AttemptStarted(At, 1, 1, "w"));
        Assert.False(refused.IsCompleted); // waits before it tries again
        await Assert.ThrowsAsync<SweepUnavailableException>(() => PassAsync(refused));
        Assert.IsType<IOException>(broken);
        _store.BeforeWrite = _ => Task.CompletedTask;
        await Assert.ThrowsAsync<SweepUnavailableException>(() => ledger.CommitAsync(new AttemptStarted(At, 2, 1, "w")));
        Assert.Equal(0, (await OpenAsync()).Sweep!.RunningCount);
    }

    [Fact]
    public async Task Commit_StoreHangs_IsRefusedAfterTwoTries()
    {
        SweepLedger ledger = await SubmittedAsync();
        int tries = 0;
        _store.BeforeWrite = _ =>
        {
            tries++;
            return Task.Delay(Timeout.InfiniteTimeSpan, _time);
        };
        Task commit = ledger.CommitAsync(new AttemptStarted(At, 1, 1, "w"));
        await Assert.ThrowsAsync<SweepUnavailableException>(() => PassAsync(commit));
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task Commit_FirstTrysAnswerIsLost_SecondFindsItsOwnBatch()
    {
        SweepLedger ledger = await SubmittedAsync();
        int lost = 1;
        _store.AfterWrite = _ => lost-- > 0 ? throw new IOException("connection reset") : Task.CompletedTask;
        await PassAsync(ledger.CommitAsync(new AttemptStarted(At, 1, 1, "w")));
        await ledger.CommitAsync(new AttemptStarted(At, 2, 1, "w"));
        Assert.Equal(2, (await OpenAsync()).Sweep!.RunningCount);
        Assert.Equal(3, (await Support.Sweeps.EventsAsync(_store, "s")).Count);
    }

    [Fact]
    public async Task Commit_TwoActivations_OneIsStaleAndNothingIsWrittenTwice()
    {
        SweepLedger first = await SubmittedAsync();
        SweepLedger second = await OpenAsync();
        await first.CommitAsync(new AttemptStarted(At, 1, 1, "first"));
        await Assert.ThrowsAsync<SweepUnavailableException>(() => second.CommitAsync(new AttemptStarted(At, 1, 1, "second")));
        Assert.IsType<StaleActivationException>(second.Broken);
        Assert.Equal("first", (await OpenAsync()).Sweep!.Experiments[0].Worker);
    }

    [Fact]
    public async Task Open_AfterAnyPrefixOfItsBatches_IsWhatTheStateWasThen()
    {
        SweepLedger ledger = await SubmittedAsync(capacity: 1);
        for (int round = 0; round < 200; round++)
        {
            await ledger.CommitAsync(new AttemptStarted(At, 1, round + 1, "w"));
            await ledger.CommitAsync(new AttemptLost(At, 1, round + 1, "gone"));
            if (round % 20 == 0)
                Assert.Equal(ledger.Sweep!.Snapshot(), (await OpenAsync()).Sweep!.Snapshot());
        }
    }

    [Fact]
    public async Task Commit_ManyBatches_SnapshotsAtDoublingDistances()
    {
        List<string> snapshots = [];
        _store.BeforeWrite = name =>
        {
            if (name.Contains("snapshot", StringComparison.Ordinal))
                snapshots.Add(name);
            return Task.CompletedTask;
        };
        SweepLedger ledger = await SubmittedAsync();
        for (int slots = 1; slots <= 600; slots++)
        {
            await ledger.CommitAsync(new CapacityChanged(At, slots));
            await ledger.Snapshotting;
        }
        Assert.Equal([64, 128, 256, 512], snapshots.Select(n => int.Parse(n[^12..])));
        Assert.Equal(600, (await OpenAsync()).Sweep!.Capacity);
    }

    [Fact]
    public async Task Commit_SnapshotCannotBeWritten_HarmsNothing()
    {
        SweepLedger ledger = await SubmittedAsync();
        int faults = 0;
        ledger.OnSnapshotFault = _ => faults++;
        _store.BeforeWrite = name => name.Contains("snapshot", StringComparison.Ordinal) ? throw new IOException("no") : Task.CompletedTask;
        for (int slots = 1; slots <= 100; slots++)
            await ledger.CommitAsync(new CapacityChanged(At, slots));
        await ledger.Snapshotting;
        Assert.Equal(1, faults);
        Assert.Equal(100, (await OpenAsync()).Sweep!.Capacity);
    }

    [Fact]
    public async Task Commit_WhileASnapshotHangs_IsAnswered()
    {
        SweepLedger ledger = await SubmittedAsync();
        TaskCompletionSource hold = new();
        _store.BeforeWrite = name => name.Contains("snapshot", StringComparison.Ordinal) ? hold.Task : Task.CompletedTask;
        for (int slots = 1; slots <= 200; slots++)
            await ledger.CommitAsync(new CapacityChanged(At, slots));
        Assert.False(ledger.Snapshotting.IsCompleted);
        hold.SetResult();
        await ledger.Snapshotting;
        Assert.Equal(ledger.Sweep!.Snapshot(), (await OpenAsync()).Sweep!.Snapshot());
    }

    private async Task PassAsync(Task waiting)
    {
        while (!waiting.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await waiting;
    }

    private async Task<SweepLedger> SubmittedAsync(int capacity = 2)
    {
        SweepLedger ledger = await OpenAsync();
        await ledger.CommitAsync(new SweepSubmitted(At, Support.Sweeps.Definition(), capacity));
        return ledger;
    }

    private Task<SweepLedger> OpenAsync() =>
        SweepLedger.OpenAsync(new Journal(_store, StoreLayout.Journal("s")), new GrainsTiming { Time = _time }, CancellationToken.None);
}
