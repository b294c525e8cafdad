using CatGan.Cluster.Tests.Harness;
using CatGan.Search;

namespace CatGan.Cluster.Tests.Rows;

/// <summary>Row "a machine that fails everything it gets".</summary>
public sealed class BreakerTests(Azurite azurite)
{
    [Fact]
    public async Task MachineThatFailsEverything_ItsBreakerOpensVisiblyAndLetsOneThroughLater()
    {
        await using World world = await (await World.WithAzuriteAsync("breaker", azurite)).WithRedisAsync();
        string broken = Path.Combine(world.Folder, "broken");
        await File.WriteAllTextAsync(broken, "");
        world.Pace(150);
        world.StartSilo(slots: 2);
        string id = await world.SubmitAsync(Sweeps.Spec() + "\nrepeats: 3\n");
        // What failed on one silo is tried again on another, where the pool knows of another.
        await world.SeenAsync(id, "the good machine trains", s => s.Experiments.Count(e => e.Stage == ExperimentStage.Running) == 2);
        TestSilo bad = world.StartSilo(slots: 1, new Dictionary<string, string>
        {
            ["CATGAN_TEST_FAIL"] = broken,
            ["CATGAN_TEST_BREAKER"] = Scale.Full ? "60" : "10",
        });

        await world.UntilAsync("the bad machine's breaker opens", () => Task.FromResult(bad.Output.Contains("takes nothing for", StringComparison.Ordinal)));
        Assert.Contains("3 experiments failed on it in a row", bad.Output, StringComparison.Ordinal);
        Assert.Contains("this machine's device gives errors", bad.Output, StringComparison.Ordinal);
        File.Delete(broken);
        await world.UntilAsync("it is given one for a try, which works", () => Task.FromResult(bad.Output.Contains("works again", StringComparison.Ordinal)));
        world.Pace(null);

        Sweep ended = await world.FinishedAsync(id);
        Assert.Equal(12, ended.CountOf(ExperimentOutcome.Completed));
        Assert.InRange(ended.Experiments.SelectMany(e => e.Attempts).Count(a => a.Cause == LossCause.Failed), 3, 4);
    }
}
