using CatGan.Cluster.Tests.Harness;
using CatGan.Search;

namespace CatGan.Cluster.Tests.Rows;

/// <summary>Row "blob store refusing, hanging or throttling for 2 minutes".</summary>
public sealed class BlobStoreTests(Azurite azurite, Reference reference)
{
    [Theory]
    [InlineData("refusing")]
    [InlineData("hanging")]
    [InlineData("throttling")]
    public async Task BlobStore_FailsForAWhile_TrainingGoesOnAndNothingIsLost(string how)
    {
        await using World world = await (await World.WithAzuriteAsync($"store-{how}", azurite)).WithRedisAsync();
        (string id, Sweep before) = await world.TrainingAsync(silos: 2, pace: (int)Math.Max(300, (2 * Scale.StoreAway).TotalMilliseconds * 16 / Sweeps.Budget));
        double memory = world.Living.Max(s => s.PeakMemory);
        IReadOnlyList<long> batches = world.Batches(id, 4);

        world.StoreLine!.Set(how switch { "refusing" => Line.Refusing, "hanging" => Line.Hanging, _ => Line.Throttled });
        await Scale.LastAsync(Scale.StoreAway);
        IReadOnlyList<long> batchesAfter = world.Batches(id, 4);
        Sweep atReturn = (await world.Store.SweepAsync(id))!;
        world.StoreLine.Set(Line.Open);

        Assert.All(batches.Zip(batchesAfter), pair => Assert.True(pair.Second > pair.First, $"an experiment stood still at batch {pair.First} while the store was {how}\n{world.Tell()}"));
        double seconds = await world.UntilAsync(
            "every experiment has a newer checkpoint than when the store came back",
            async () => (await world.Store.SweepAsync(id))!.Experiments.Zip(atReturn.Experiments).All(pair =>
                pair.First.Outcome is not null || pair.First.LastCheckpoint!.Images > pair.Second.LastCheckpoint!.Images));
        Figures.Note($"blob store {how}", "seconds from its return until every experiment had a new checkpoint", seconds);
        double grown = world.Living.Max(s => s.PeakMemory) - memory;
        Figures.Note($"blob store {how}", "MiB that the silos' memory grew by", grown);
        Assert.InRange(grown, 0, 256);
        world.Pace(null);
        Sweep ended = await world.FinishedAsync(id);
        await reference.AssertSameAsync(world, ended);
        // Not one attempt was given up, and what was journaled before the fault is there.
        Assert.All(ended.Experiments, e => Assert.Equal(1, e.Epoch));
        Assert.All(before.Experiments.Zip(ended.Experiments), pair => Assert.Equal(pair.First.Attempts[0].StartedAt, pair.Second.Attempts[0].StartedAt));
    }
}
