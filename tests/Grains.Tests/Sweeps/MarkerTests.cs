using CatGan.Abstractions;
using CatGan.Grains.Tests.Support;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Grains.Tests.Sweeps;

/// <summary>The marker below <c>active/</c>: never missing while a sweep has something to do, never there for good after its end.</summary>
public class MarkerTests
{
    private readonly MemoryBlobStore _store = new();

    [Fact]
    public async Task Finish_LateDeletionOfAnActivationThatIsBehind_LeavesTheMarkerOfTheSweepThatGoesOn()
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously), thaw = new(TaskCreationOptions.RunContinuationsAsynchronously), late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim train = new();
        _store.BeforeDelete = async name =>
        {
            if (name != StoreLayout.Active("s") || !reached.TrySetResult())
                return;
            await thaw.Task;
            _ = Task.Run(() => late.SetResult());
        };
        await using TestCluster frozen = await TestCluster.StartAsync(_store, trainers: Held(train));
        await SubmitAsync(frozen);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await using TestCluster other = await TestCluster.StartAsync(_store, trainers: Held(train));
        Assert.Contains("extended", (await other.Sweep("s").Command(new ExtendSweep(2000, null, null), CancellationToken.None)).Done, StringComparison.Ordinal);
        thaw.SetResult();
        await late.Task;
        // The first marker is gone, whoever took it away; the one of what is still to do stays.
        await _store.UntilAsync(() => _store.Names(StoreLayout.ActivePrefix) is [{ } marker] && marker == StoreLayout.Active("s", 1));
        Assert.False((await Support.Sweeps.StateAsync(_store, "s")).HasEnded);

        train.Set();
        await _store.FinishedAsync("s");
        Assert.Equal(2000, (await Support.Sweeps.StateAsync(_store, "s")).Experiments[0].Images);
    }

    [Fact]
    public async Task Wake_MarkerOfAnExtensionThatNeverWasJournaled_GoesAndTheNextOneIsAnother()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        await SubmitAsync(cluster);
        await _store.FinishedAsync("s");
        await _store.WriteTextAsync(StoreLayout.Active("s", 1), "small");
        await _store.FinishedAsync("s");
        Assert.Equal([1], await RenewalsAsync());
        await cluster.Sweep("s").Command(new ExtendSweep(2000, null, null), CancellationToken.None);
        await _store.FinishedAsync("s");
        Assert.Equal([1, 2], await RenewalsAsync());
    }

    [Fact]
    public async Task Finish_SummaryOfAnActivationThatIsBehind_DoesNotReplaceALaterOne()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store);
        await SubmitAsync(cluster);
        await _store.FinishedAsync("s");
        SweepSummary later = SweepSummary.Of("s", await Support.Sweeps.StateAsync(_store, "s")) with { Marker = 3, Note = "later" };
        await _store.WriteBytesAsync(StoreLayout.Summary("s"), later.Write());
        int looks = 0;
        TaskCompletionSource again = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.BeforeRead = name =>
        {
            // They take turns: when the second begins, the first is over.
            if (name == StoreLayout.Summary("s") && ++looks == 2)
                again.SetResult();
            return Task.CompletedTask;
        };
        await cluster.Sweep("s").Command(new TagSweep(["kept"], [], null), CancellationToken.None);
        await again.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("later", SweepSummary.Read(System.Text.Encoding.UTF8.GetBytes(_store.Text(StoreLayout.Summary("s"))!)).Note);
    }

    [Fact]
    public async Task Wake_ActivatedBeforeTheSubmissionElsewhere_ReadsTheJournalAndRunsTheSweep()
    {
        await using TestCluster early = await TestCluster.StartAsync(_store);
        Assert.Null(await early.Sweep("s").GetStatus(new StatusRequest(1, 1, false), CancellationToken.None));
        await using (TestCluster other = await TestCluster.StartAsync(_store, slots: 0))
            await SubmitAsync(other);
        await _store.FinishedAsync("s");
        Assert.Equal(ExperimentOutcome.Completed, (await Support.Sweeps.StateAsync(_store, "s")).Experiments[0].Outcome);
    }

    [Theory]
    [InlineData("cats-1h7k2q9x", 0, "active/cats-1h7k2q9x")]
    [InlineData("cats-1h7k2q9x", 12, "active/cats-1h7k2q9x~12")]
    public void Active_AnyNumber_IsReadBack(string sweep, int marker, string name)
    {
        Assert.Equal(name, StoreLayout.Active(sweep, marker));
        Assert.Equal((sweep, marker), StoreLayout.OfActive(name));
    }

    /// <summary>Trainers that train nothing past the first budget until they may.</summary>
    private static FakeTrainers Held(ManualResetEventSlim train) => new()
    {
        BeforeBatch = (_, images, ask) =>
        {
            while (images >= 1000 && ask() == Training.TrainingCommand.Continue && !train.Wait(millisecondsTimeout: 1))
            {
                // A trainer asks again and again.
            }
        },
    };

    private async Task<IEnumerable<int>> RenewalsAsync() => (await Support.Sweeps.EventsAsync(_store, "s")).OfType<MarkerRenewed>().Select(e => e.Marker);

    private static Task<SubmitAnswer> SubmitAsync(TestCluster cluster) =>
        cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(1)), CancellationToken.None);
}
