using CatGan.Abstractions;
using CatGan.Cluster.Tests.Harness;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Cluster.Tests.Rows;

/// <summary>Row "a torn, swapped or bit-flipped checkpoint or journal batch".</summary>
public sealed class DamageTests(Reference reference)
{
    [Fact]
    public async Task Checkpoints_TornSwappedAndBitFlipped_TheOnesBeforeAreUsed()
    {
        await using World world = World.WithFolder("checkpoints");
        world.Pace(100);
        TestSilo killed = world.StartSilo(slots: 4);
        string id = await world.SubmitAsync(Sweeps.Spec());
        await world.SeenAsync(id, "each experiment has two checkpoints", s => s.Experiments.Count == 4 && s.Experiments.All(e => e.Checkpoints.Length >= 2));
        killed.Kill();
        await killed.ExitAsync(TimeSpan.FromSeconds(10));
        Experiment[] before = [.. (await world.Store.SweepAsync(id))!.Experiments];

        byte[] first = await BytesAsync(world, before[0]);
        byte[] second = await BytesAsync(world, before[1]);
        await DamageAsync(world, before[0], first[..(first.Length / 2)]);
        second[second.Length / 2] ^= 0x10;
        await DamageAsync(world, before[1], second);
        // Sound in itself, but another experiment's.
        await DamageAsync(world, before[2], await BytesAsync(world, before[3]));
        await world.Store.DeleteAsync(before[3].LastCheckpoint!.Blob, CancellationToken.None);
        world.StartSilo(slots: 4);

        await world.SeenAsync(id, "each experiment trains again", s => s.Experiments.All(e => e.Epoch == 2));
        world.Pace(null);
        Sweep ended = await world.FinishedAsync(id);
        await reference.AssertSameAsync(world, ended);
        string[] faults = ["torn or changed", "torn or changed", "torn or changed", "is not in the store"];
        foreach (Experiment experiment in before)
        {
            string log = await world.Store.ReadTextAsync(StoreLayout.Log(id, experiment.Number, 2)) ?? "";
            Assert.Contains($"Checkpoint skipped: {experiment.LastCheckpoint!.Blob} ", log, StringComparison.Ordinal);
            Assert.Contains(faults[experiment.Number - 1], log, StringComparison.Ordinal);
            Assert.Contains($"Goes on from {experiment.Checkpoints[^2].Blob}.", log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task JournalBatches_TornSwappedAndBitFlipped_TheFaultIsNamedAndTheRestGoesOn()
    {
        await using World world = World.WithFolder("journal");
        world.Pace(100);
        TestSilo killed = world.StartSilo(slots: 4);
        string id = await world.SubmitAsync(Sweeps.Spec());
        await world.SeenAsync(id, "some checkpoints are journaled", s => s.Experiments.Count(e => !e.Checkpoints.IsEmpty) >= 2);
        killed.Kill();
        await killed.ExitAsync(TimeSpan.FromSeconds(10));
        string[] batches = [.. (await world.Store.NamesAsync(StoreLayout.Journal(id))).Where(n => !n.Contains("snapshots", StringComparison.Ordinal))];
        string batch = batches[^2];
        byte[] sound = (await world.Store.ReadBytesAsync(batch))!;
        byte[] flipped = [.. sound];
        flipped[^5] ^= 0x01;

        foreach (byte[] damaged in (byte[][])[sound[..(sound.Length / 2)], flipped, (await world.Store.ReadBytesAsync(batches[^1]))!])
        {
            await world.Store.WriteBytesAsync(batch, damaged);
            string said = await world.RunAsync(1, "status", id);
            Assert.Contains($"'{batch}'", said, StringComparison.Ordinal);
            Assert.Contains("damaged", said, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        }

        // A silo names it too, trains other sweeps, and goes on with this one when the batch is back.
        TestSilo silo = world.StartSilo(slots: 4);
        world.Pace(null);
        await reference.AssertSameAsync(world, await world.FinishedAsync(await world.SubmitAsync(Sweeps.Spec("other"))));
        await world.UntilAsync("the silo names the damaged batch", () => Task.FromResult(silo.Output.Contains(batch, StringComparison.Ordinal)));
        await world.Store.WriteBytesAsync(batch, sound);
        await reference.AssertSameAsync(world, await world.FinishedAsync(id));
    }

    private static async Task<byte[]> BytesAsync(World world, Experiment experiment) =>
        await world.Store.ReadBytesAsync(experiment.LastCheckpoint!.Blob) ?? throw new InvalidOperationException("the checkpoint is gone");

    private static Task DamageAsync(World world, Experiment experiment, byte[] content) =>
        world.Store.WriteBytesAsync(experiment.LastCheckpoint!.Blob, content);
}
