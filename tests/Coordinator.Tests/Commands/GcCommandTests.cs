using System.Collections.Immutable;
using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Coordinator.Tests.Commands;

/// <summary>A store with everything that may lie in one, a week before the commands' clock, unless said otherwise.</summary>
public sealed class GcCommandTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Shell shell = new();
    private readonly FakeTimeProvider time = new(Now - TimeSpan.FromDays(7));
    private readonly IBlobStore store;

    public GcCommandTests() => store = BlobStores.Open("file:" + Path.Combine(shell.Folder, ".catgan"), time);

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Gc_OrphansOfSweepsAndJobs_AreShownAndNothingIsRemoved()
    {
        string[] garbage = await FillAsync();
        string[] before = await NamesAsync();
        Said said = await shell.RunAsync("gc", "--json");
        Assert.Equal(0, said.Code);
        Assert.Equal(garbage.Order(StringComparer.Ordinal), Shown(said).Order(StringComparer.Ordinal));
        Assert.Equal(before, await NamesAsync());
        Assert.Contains("catgan gc --delete", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gc_Delete_RemovesThatAndTheLiveSweepReadsOnAsItWas()
    {
        string[] garbage = await FillAsync();
        string[] before = await NamesAsync();
        byte[] state = (await CatGan.Coordinator.Sweeps.StoredSweep.LoadAsync(store, "live-1", CancellationToken.None))!.Snapshot();
        Said said = await shell.RunAsync("gc", "--delete");
        Assert.Equal(0, said.Code);
        Assert.Equal(before.Except(garbage), await NamesAsync());
        Sweep after = (await CatGan.Coordinator.Sweeps.StoredSweep.LoadAsync(store, "live-1", CancellationToken.None))!;
        Assert.Equal(state, after.Snapshot());
        foreach (Checkpoint checkpoint in after.Experiments.SelectMany(e => e.Checkpoints))
            Assert.Equal("weights", await store.ReadTextAsync(checkpoint.Blob));
        Assert.Equal("nothing that no sweep owns", (await shell.RunAsync("gc")).Error.Trim());
    }

    [Fact]
    public async Task Gc_JournalThatCannotBeRead_LeavesThatSweepAlone()
    {
        await FillAsync();
        await store.WriteTextAsync(StoreLayout.Journal("live-1") + "000000000002", "torn");
        Said said = await shell.RunAsync("gc", "--json");
        Assert.DoesNotContain(Shown(said), n => n.StartsWith(StoreLayout.Sweep("live-1"), StringComparison.Ordinal));
        Assert.Contains("live-1 is left alone", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gc_UnfinishedWriteOfAKilledProcess_IsFoundByItsAge()
    {
        await store.WriteTextAsync("jobs/x.png", "picture");
        string folder = Path.Combine(shell.Folder, ".catgan", ".tmp");
        File.WriteAllText(Path.Combine(folder, "old"), "half");
        File.SetLastWriteTimeUtc(Path.Combine(folder, "old"), (Now - TimeSpan.FromDays(2)).UtcDateTime);
        File.WriteAllText(Path.Combine(folder, "young"), "half");
        File.SetLastWriteTimeUtc(Path.Combine(folder, "young"), (Now - TimeSpan.FromHours(2)).UtcDateTime);
        Assert.Equal([".tmp/old", "jobs/x.png"], Shown(await shell.RunAsync("gc", "--json", "--delete")));
        Assert.Equal(["young"], Directory.GetFiles(folder).Select(f => Path.GetFileName(f)));
    }

    /// <summary>Fills the store; answers with the names of what is garbage in it.</summary>
    private async Task<string[]> FillAsync()
    {
        await WriteLiveAsync();
        string orphan = Checkpoint("live-1", 1, 300, 1), ofAnAttemptThatIsOver = Checkpoint("live-1", 2, 250, 1);
        // Experiment 2 runs in attempt 2: what that one wrote may still be told of.
        string inFlight = Checkpoint("live-1", 2, 500, 2);
        foreach (string name in (string[])[orphan, ofAnAttemptThatIsOver, inFlight, "jobs/old.png", StoreLayout.Dataset("cats", 32), StoreLayout.Curve("live-1", 9, 1)])
            await store.WriteTextAsync(name, "weights");
        await store.WriteTextAsync(StoreLayout.Spec("lost-1"), Journals.Spec);
        await store.WriteTextAsync(StoreLayout.Spec("marked-1"), Journals.Spec);
        await store.WriteTextAsync(StoreLayout.Active("marked-1"), "");
        time.SetUtcNow(Now - TimeSpan.FromHours(3));
        await store.WriteTextAsync(Checkpoint("live-1", 1, 350, 1), "weights");
        await store.WriteTextAsync("jobs/young.png", "picture");
        return [orphan, ofAnAttemptThatIsOver, "jobs/old.png", StoreLayout.Spec("lost-1")];
    }

    /// <summary>Experiment 1 ended, keeps two checkpoints and has one to delete; 2 was lost and runs again.</summary>
    private async Task WriteLiveAsync()
    {
        SweepSubmitted submitted = new(Now, SpecReader.Read(Journals.Spec).Definition! with { Keep = new(0, 1) }, 2);
        List<SweepEvent> events = [submitted, new AttemptStarted(Now, 1, 1, "w1"), new AttemptStarted(Now, 2, 1, "w2")];
        foreach (long images in (long[])[100, 200])
            events.Add(Saved(1, images, 1));
        events.Add(new CheckpointPinned(Now, 1, Checkpoint("live-1", 1, 200, 1)));
        ExperimentEnded ended = new(
            Now, 1, 1, ExperimentOutcome.Completed, null, ImmutableSortedDictionary<string, string>.Empty, 1000, 10, 5, ImmutableSortedDictionary<string, double>.Empty);
        events.AddRange([Saved(1, 400, 1), ended, Saved(2, 200, 1), new AttemptLost(Now, 2, 1, "gone"), new AttemptStarted(Now, 2, 2, "w3")]);
        await Journals.WriteAsync(store, "live-1", [.. events]);
        await store.WriteTextAsync(StoreLayout.Active("live-1"), "");
        foreach (CheckpointSaved saved in events.OfType<CheckpointSaved>())
            await store.WriteTextAsync(saved.Blob, "weights");
    }

    private static CheckpointSaved Saved(int number, long images, int epoch) =>
        new(Now, number, epoch, images, images / 10, 1, Checkpoint("live-1", number, images, epoch), "ab", 7);

    private static string Checkpoint(string sweep, int number, long images, int epoch) => StoreLayout.Checkpoint(sweep, number, images, epoch, "ab");

    private async Task<string[]> NamesAsync()
    {
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
        await foreach (BlobInfo blob in store.ListAsync("", CancellationToken.None))
            names.Add(blob.Name);
        return [.. names];
    }

    private static string[] Shown(Said said) =>
        [.. said.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("name").GetString()!)];
}
