using CatGan.Cluster.Tests.Harness;

namespace CatGan.Cluster.Tests.Rows;

/// <summary>Row "a grain activated twice".</summary>
public sealed class TwiceTests(Reference reference)
{
    [Fact]
    public async Task SweepActivatedInTwoClusters_TheFenceLetsOneWriteAndTheOtherReadsAgain()
    {
        await using World world = await World.WithFolder("twice").WithRedisAsync();
        world.Pace(100);
        world.StartSilo(slots: 4);
        string id = await world.SubmitAsync(Sweeps.Spec());
        await world.SeenAsync(id, "each experiment has a checkpoint", s => s.Experiments.Count == 4 && s.Experiments.All(e => !e.Checkpoints.IsEmpty));

        // A silo of another cluster sees the same unfinished sweep in the same store, and no silo of the first. However
        // long it takes to start and to begin experiments of its own, the first still has something to write by then.
        world.Pace(2000);
        TestSilo stranger = world.StartSilo(slots: 4, clusterId: "strangers");
        await world.SeenAsync(id, "the other cluster has begun an experiment", s => s.Experiments.Any(e => e.Epoch > 1));
        world.Pace(100);
        await world.UntilAsync("one of them finds that the other has written", () => Task.FromResult(
            world.Silos.Any(s => s.Output.Contains("Another activation has written batch", StringComparison.Ordinal))));
        stranger.Kill();
        world.Pace(null);

        await reference.AssertSameAsync(world, await world.FinishedAsync(id));
    }
}
