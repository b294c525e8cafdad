using CatGan.Cluster.Tests.Harness;
using CatGan.Search;

namespace CatGan.Cluster.Tests.Rows;

/// <summary>Rows "a silo killed", "all silos killed at once" and "SIGTERM of a silo".</summary>
public sealed class SiloKilledTests(Azurite azurite, Reference reference)
{
    [Fact]
    public async Task SiloKilled_WhileTraining_OthersGoOnFromItsLastCheckpointsWithinTwentySeconds()
    {
        await using World world = await (await World.WithAzuriteAsync("killed", azurite)).WithRedisAsync();
        (string id, Sweep before) = await world.TrainingAsync(silos: 3);
        TestSilo victim = world.SiloOf(before.Experiments[0]);
        int[] lost = [.. before.Experiments.Where(e => world.SiloOf(e) == victim).Select(e => e.Number)];

        DateTimeOffset killed = TimeProvider.System.GetUtcNow();
        victim.Kill();
        Sweep atDeath = (await world.Store.SweepAsync(id))!;

        Sweep after = await world.SeenAsync(id, "what was lost has a checkpoint of its second attempt", s => lost.All(n => HasCheckpointOf(s, n, 2)));
        double worst = lost.Max(n => (after.Experiments[n - 1].Attempts[1].StartedAt - killed).TotalSeconds);
        Figures.Note("a silo killed", "seconds until all of its work went on", worst);
        Assert.InRange(worst, 0, 20);
        world.Pace(null);
        Sweep ended = await world.FinishedAsync(id);
        await reference.AssertSameAsync(world, ended);
        foreach (int number in lost)
            await world.AssertWentOnAsync(id, atDeath.Experiments[number - 1]);
        Assert.All(ended.Experiments.Where(e => !lost.Contains(e.Number)), e => Assert.Equal(1, e.Epoch));
    }

    [Fact]
    public async Task AllSilosKilled_ThenStarted_EverySweepGoesOnByItself()
    {
        await using World world = await (await World.WithAzuriteAsync("all-killed", azurite)).WithRedisAsync();
        (string id, _) = await world.TrainingAsync(silos: 2);
        string second = await world.SubmitAsync(Sweeps.Spec("second"));

        foreach (TestSilo silo in world.Living.ToList())
            silo.Kill();
        world.StartSilo();
        world.StartSilo();

        double seconds = await world.UntilAsync("all that ran trains again", async () => (await world.Store.SweepAsync(id))!.Experiments.All(e => e.Epoch == 2));
        Figures.Note("all silos killed at once", "seconds from their start until all trained again", seconds);
        world.Pace(null);
        await reference.AssertSameAsync(world, await world.FinishedAsync(id));
        await reference.AssertSameAsync(world, await world.FinishedAsync(second));
    }

    [Fact]
    public async Task Terminate_OneSilo_ItsWorkIsHandedOverFromWhereItStood()
    {
        await using World world = await (await World.WithAzuriteAsync("terminated", azurite)).WithRedisAsync();
        (string id, Sweep before) = await world.TrainingAsync(silos: 3);
        TestSilo leaver = world.SiloOf(before.Experiments[0]);
        int[] left = [.. before.Experiments.Where(e => world.SiloOf(e) == leaver).Select(e => e.Number)];

        DateTimeOffset asked = TimeProvider.System.GetUtcNow();
        leaver.Terminate();
        int code = await leaver.ExitAsync(TimeSpan.FromSeconds(30));
        Assert.True(code == 0, leaver.Output);
        Sweep atLeave = (await world.Store.SweepAsync(id))!;
        Figures.Note("SIGTERM of a silo", "seconds until it had left", (TimeProvider.System.GetUtcNow() - asked).TotalSeconds);

        Sweep after = await world.SeenAsync(id, "what was handed over trains elsewhere", s => left.All(n => HasCheckpointOf(s, n, 2)));
        Figures.Note("SIGTERM of a silo", "seconds until all of its work went on", left.Max(n => (after.Experiments[n - 1].Attempts[1].StartedAt - asked).TotalSeconds));
        Assert.All(left, n => Assert.StartsWith("handed back", after.Experiments[n - 1].Attempts[0].LostBecause, StringComparison.Ordinal));
        world.Pace(null);
        Sweep ended = await world.FinishedAsync(id);
        await reference.AssertSameAsync(world, ended);
        foreach (int number in left)
            await world.AssertWentOnAsync(id, atLeave.Experiments[number - 1]);
        Assert.All(ended.Experiments.Where(e => !left.Contains(e.Number)), e => Assert.Equal(1, e.Epoch));
    }

    private static bool HasCheckpointOf(Sweep sweep, int number, int epoch) =>
        sweep.Experiments[number - 1].Checkpoints.Any(c => c.Epoch == epoch);
}
