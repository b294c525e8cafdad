using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Grains.Telemetry;
using CatGan.Grains.Tests.Support;
using CatGan.Search;

namespace CatGan.Grains.Tests.Sweeps;

/// <summary>Blobs that are not what was written.</summary>
public class DamageTests
{
    private readonly MemoryBlobStore _store = new();

    /// <summary>Kinds of damage.</summary>
    public static TheoryData<string> Kinds => ["torn", "flipped", "swapped"];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Checkpoint_Damaged_TheOneBeforeIsUsedAndTheLogSaysSo(string kind)
    {
        await KilledAt400Async();
        string[] checkpoints = [.. _store.Names(StoreLayout.Checkpoints("s", 1))];
        byte[] other = System.Text.Encoding.ASCII.GetBytes(_store.Text(checkpoints[^2])!);
        _store.Change(checkpoints[^1], bytes => Damaged(kind, bytes, other));
        await using TestCluster second = await TestCluster.StartAsync(_store, slots: 1);
        await _store.FinishedAsync("s");
        Assert.Equal(200, second.Trainers.Starts.First(s => s.Experiment == 1).From);
        Assert.Contains($"Checkpoint skipped: {checkpoints[^1]} is torn or changed", _store.Text(StoreLayout.Log("s", 1, 2)), StringComparison.Ordinal);
        Assert.Equal(4, (await second.StatusAsync("s")).Ended[Outcome.Completed]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Journal_BatchDamaged_SweepDoesNotGoOnAndTheFaultNamesTheBlob(string kind)
    {
        await KilledAt400Async();
        string[] batches = [.. _store.Names(StoreLayout.Journal("s"))];
        byte[] other = System.Text.Encoding.ASCII.GetBytes(_store.Text(batches[1])!);
        _store.Change(batches[2], bytes => Damaged(kind, bytes, other));
        await using TestCluster second = await TestCluster.StartAsync(_store, slots: 1);
        Exception fault = await Assert.ThrowsAnyAsync<Exception>(() => second.StatusAsync("s"));
        Assert.Contains($"The journal's batch '{batches[2]}' in memory: is damaged", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Restore the blob from a backup", fault.Message, StringComparison.Ordinal);
        Assert.Empty(second.Trainers.Starts);
        Assert.Equal(batches, _store.Names(StoreLayout.Journal("s")));
        // Nothing else shows it: the sweep lives in no silo.
        await _store.UntilAsync(() => second.Service<LiveSweeps>().Unreadable == 1);
    }

    private async Task KilledAt400Async()
    {
        await using TestCluster first = await TestCluster.StartAsync(_store, slots: 1);
        using Gate gate = new(first.Trainers, at: 400);
        await first.Sweep("s").Submit(Support.Sweeps.Submission(), CancellationToken.None);
        await gate.ReachedAsync();
        await _store.UntilAsync(async () => (await Support.Sweeps.EventsAsync(_store, "s")).OfType<CheckpointSaved>().Any(c => c.Images == 400));
        await first.KillAsync();
    }

    private static byte[] Damaged(string kind, byte[] content, byte[] other) => kind switch
    {
        "torn" => content[..^1],
        "flipped" => [.. content[..^1], (byte)(content[^1] ^ 1)],
        _ => other,
    };
}
