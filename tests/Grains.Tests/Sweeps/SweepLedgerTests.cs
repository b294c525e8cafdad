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
        ledger.Hooks.OnActions = actions.AddRange;
        TaskCompletionSource hold = new();
        _store.BeforeWrite = _ => hold.Task;
        Task commit = ledger.CommitAsync(new SweepSubmitted(At, Support.Sweeps.Definition(), 2));
        Assert.Empty(actions);
        hold.SetResult();
        await commit;
        Assert.Equal(2, actions.OfType<StartExperiment>().Count());
    }

    [Fact]
    public async Task Commit_StoreRefusesForMinutes_CallerIsToldToComeBackAndNothingIsLost()
    {
        SweepLedger ledger = await SubmittedAsync();
        List<string?> stalls = [];
        ledger.Hooks.OnStalled = stalls.Add;
        List<SweepAction> actions = [];
        ledger.Hooks.OnActions = actions.AddRange;
        _store.BeforeWrite = _ => throw new BlobStoreException("No space left on device");
        Task started = ledger.CommitAsync(new AttemptStarted(At, 1, 1, "w"));
        SweepUnavailableException later = await Assert.ThrowsAsync<SweepUnavailableException>(() => PassAsync(started));
        Assert.Contains("No space left on device", later.Message, StringComparison.Ordinal);
        Assert.Equal("No space left on device", ledger.Stalled);
        Task ended = ledger.CommitAsync(Support.Sweeps.Failed(At, 1, 1));
        await Assert.ThrowsAsync<SweepUnavailableException>(() => PassAsync(ended));
        for (int second = 0; second < 120; second++)
            await PassAsync(Task.CompletedTask, TimeSpan.FromSeconds(1));
        Assert.Empty(actions);
        _store.BeforeWrite = _ => Task.CompletedTask;
        await PassAsync(ledger.FlushedAsync());
        Assert.Equal(["No space left on device", null], stalls);
        Assert.Equal([new StartExperiment(3, 1)], actions);
        Assert.Equal(ledger.Sweep!.Snapshot(), (await OpenAsync()).Sweep!.Snapshot());
        Assert.Null(ledger.Stalled);
        Assert.Null(ledger.Broken);
    }

    [Fact]
    public async Task Commit_StoreHangs_EachTryIsAbandonedAndTheBatchIsThereOnce()
    {
        SweepLedger ledger = await SubmittedAsync();
        int tries = 0;
        TaskCompletionSource well = new();
        _store.BeforeWrite = _ =>
        {
            tries++;
            return well.Task;
        };
        Task commit = ledger.CommitAsync(new AttemptStarted(At, 1, 1, "w"));
        SweepUnavailableException later = await Assert.ThrowsAsync<SweepUnavailableException>(() => PassAsync(commit));
        Assert.Contains("did not answer within 10 s", later.Message, StringComparison.Ordinal);
        Assert.InRange(tries, 1, 3);
        well.SetResult(); // those that hung find themselves cancelled, or write the very same batch
        await PassAsync(ledger.FlushedAsync());
        Assert.Equal(2, (await Support.Sweeps.EventsAsync(_store, "s")).Count);
        await ledger.CommitAsync(new AttemptStarted(At, 2, 1, "w"));
        Assert.Equal(2, (await OpenAsync()).Sweep!.RunningCount);
    }

    [Fact]
    public async Task CommitAccepted_WhatItRefusesRestsOnIsNotDurableYet_AnswersAfterIt()
    {
        SweepLedger ledger = await SubmittedAsync();
        TaskCompletionSource hold = new();
        _store.BeforeWrite = _ => hold.Task;
        Task first = ledger.CommitAsync(new AttemptStarted(At, 1, 1, "w"));
        Task<string?> again = ledger.CommitAcceptedAsync([new AttemptStarted(At, 1, 1, "w")]);
        Assert.False(again.IsCompleted);
        hold.SetResult();
        await first;
        Assert.Contains("is running on w", await again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_MoreWaitsThanMemoryShouldHold_IsRefusedAndChangesNothing()
    {
        SweepLedger ledger = await SubmittedAsync();
        TaskCompletionSource hold = new();
        _store.BeforeWrite = _ => hold.Task;
        List<Task> commits = [.. Enumerable.Range(1, 10_001).Select(slots => ledger.CommitAsync(new CapacityChanged(At, slots)))];
        Assert.Throws<SweepUnavailableException>(() => { _ = ledger.CommitAsync(new CapacityChanged(At, 20_000)); });
        Assert.Equal(10_001, ledger.Sweep!.Capacity);
        hold.SetResult();
        await Task.WhenAll(commits);
    }

    [Fact]
    public async Task Dispose_WhileTheStoreFails_GivesUpWhatIsNotDurable()
    {
        SweepLedger ledger = await SubmittedAsync();
        _store.BeforeWrite = _ => throw new IOException("no");
        Task commit = ledger.CommitAsync(new AttemptStarted(At, 1, 1, "w"));
        ledger.Dispose();
        await Assert.ThrowsAsync<SweepUnavailableException>(() => PassAsync(commit));
        _store.BeforeWrite = _ => Task.CompletedTask;
        await Assert.ThrowsAsync<SweepUnavailableException>(() => ledger.CommitAsync(new AttemptStarted(At, 2, 1, "w")));
        Assert.Equal(0, (await OpenAsync()).Sweep!.RunningCount);
    }

    [Fact]
    public async Task Open_NewestSnapshotIsOfAnotherVersion_IsReadFromTheOneBeforeAndTheBatches()
    {
        SweepLedger ledger = await SubmittedAsync();
        for (int slots = 1; slots <= 200; slots++)
            await ledger.CommitAsync(new CapacityChanged(At, slots));
        await ledger.Snapshotting;
        await new Journal(_store, StoreLayout.Journal("s")).WriteSnapshotAsync(200, "{\"version\":99}"u8.ToArray(), CancellationToken.None);
        SweepLedger again = await OpenAsync();
        Assert.Equal(ledger.Sweep!.Snapshot(), again.Sweep!.Snapshot());
        Assert.Contains("000000000200' cannot be used and was passed over", Assert.Single(again.Faults), StringComparison.Ordinal);
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
    public async Task Commit_ManyBatches_SnapshotsAtGrowingDistances()
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
        Assert.Equal([64, 96, 144, 216, 324, 486], snapshots.Select(n => int.Parse(n[^12..])));
        Assert.Equal(600, (await OpenAsync()).Sweep!.Capacity);
    }

    [Fact]
    public async Task Commit_SnapshotCannotBeWritten_HarmsNothing()
    {
        SweepLedger ledger = await SubmittedAsync();
        int faults = 0;
        ledger.Hooks.OnSnapshotFault = _ => faults++;
        _store.BeforeWrite = name => name.Contains("snapshot", StringComparison.Ordinal) ? throw new IOException("no") : Task.CompletedTask;
        for (int slots = 1; slots <= 100; slots++)
        {
            await ledger.CommitAsync(new CapacityChanged(At, slots));
            await ledger.Snapshotting;
        }
        // After batches 64 and 96.
        Assert.Equal(2, faults);
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

    private async Task PassAsync(Task waiting, TimeSpan atLeast = default)
    {
        for (TimeSpan passed = default; !waiting.IsCompleted || passed < atLeast; passed += TimeSpan.FromSeconds(1))
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
