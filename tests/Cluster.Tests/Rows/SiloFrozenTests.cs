using CatGan.Cluster.Tests.Harness;
using CatGan.Search;

namespace CatGan.Cluster.Tests.Rows;

/// <summary>Row "a silo frozen, its work moved, then awake".</summary>
public sealed class SiloFrozenTests(Azurite azurite, Reference reference)
{
    private const int Expelled = 5;

    [Fact]
    public async Task SiloFrozen_ThenAwake_StopsItselfAndNothingOfItCounts()
    {
        await using World world = await (await World.WithAzuriteAsync("frozen", azurite)).WithRedisAsync();
        (string id, Sweep before) = await world.TrainingAsync(silos: 3);
        TestSilo victim = world.SiloOf(before.Experiments[0]);
        int[] moved = [.. before.Experiments.Where(e => world.SiloOf(e) == victim).Select(e => e.Number)];

        DateTimeOffset frozen = TimeProvider.System.GetUtcNow();
        victim.Freeze();
        string other = await world.SubmitAsync(Sweeps.Spec("other"));
        Sweep after = await world.SeenAsync(id, "what it trained goes on elsewhere", s => moved.All(n => s.Experiments[n - 1].Checkpoints.Any(c => c.Epoch == 2)));
        Figures.Note("a silo frozen", "seconds until all of its work went on", moved.Max(n => (after.Experiments[n - 1].Attempts[1].StartedAt - frozen).TotalSeconds));
        // It blocks nobody: another sweep comes to its end meanwhile.
        world.Pace(null);
        await reference.AssertSameAsync(world, await world.FinishedAsync(other));

        victim.Wake();
        Assert.Equal(Expelled, await victim.ExitAsync(TimeSpan.FromSeconds(60)));
        Sweep ended = await world.FinishedAsync(id);
        await reference.AssertSameAsync(world, ended);
        Assert.All(ended.Experiments, e => Assert.DoesNotContain(e.Attempts.Skip(1), a => a.Worker.StartsWith(victim.Name + "-", StringComparison.Ordinal)));
        Assert.All(moved, n => Assert.DoesNotContain(ended.Experiments[n - 1].Checkpoints, c => c.Epoch == 1 && c.Images > after.Experiments[n - 1].Checkpoints[0].Images));
    }
}
