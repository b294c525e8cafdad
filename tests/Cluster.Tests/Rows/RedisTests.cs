using CatGan.Cluster.Tests.Harness;
using CatGan.Search;

namespace CatGan.Cluster.Tests.Rows;

/// <summary>Row "Redis gone for 60 s, or come back empty".</summary>
public sealed class RedisTests(Azurite azurite, Reference reference)
{
    [Fact]
    public async Task RedisGone_ThenBack_TrainingWentOnAllTheWhile()
    {
        await using World world = await (await World.WithAzuriteAsync("redis-gone", azurite)).WithRedisAsync();
        (string id, _) = await world.TrainingAsync(silos: 2, pace: PaceFor(Scale.RedisAway));
        await using Keeper keeper = new(world.Living, () => world.StartSilo());

        world.RedisLine!.Set(Line.Refusing);
        await Scale.LastAsync(Scale.RedisAway);
        Sweep atReturn = (await world.Store.SweepAsync(id))!;
        world.RedisLine.Set(Line.Open);

        double seconds = await AllTrainAgainAsync(world, id, atReturn);
        Figures.Note("Redis gone", "seconds from its return until all trained on", seconds);
        Assert.InRange(seconds, 0, 60);
        string late = await world.SubmitAsync(Sweeps.Spec("late"));
        world.Pace(null);
        await reference.AssertSameAsync(world, await world.FinishedAsync(id));
        await reference.AssertSameAsync(world, await world.FinishedAsync(late));
    }

    [Fact]
    public async Task RedisGone_BackEmpty_AllTrainsAgainFromCheckpointsWithinAMinute()
    {
        await using World world = await (await World.WithAzuriteAsync("redis-empty", azurite)).WithRedisAsync();
        (string id, _) = await world.TrainingAsync(silos: 2, pace: PaceFor(Scale.RedisAway));
        await using Keeper keeper = new(world.Living, () => world.StartSilo());

        world.Redis!.Kill();
        await Scale.LastAsync(Scale.RedisAway);
        Sweep atReturn = (await world.Store.SweepAsync(id))!;
        await world.Redis.StartEmptyAsync();

        double seconds = await AllTrainAgainAsync(world, id, atReturn);
        Figures.Note("Redis come back empty", "seconds from its return until all trained on", seconds);
        Assert.InRange(seconds, 0, 60);
        string late = await world.SubmitAsync(Sweeps.Spec("late"));
        world.Pace(null);
        await reference.AssertSameAsync(world, await world.FinishedAsync(id));
        await reference.AssertSameAsync(world, await world.FinishedAsync(late));
        Assert.DoesNotContain((await world.Store.SweepAsync(id))!.Experiments, e => e.Epoch > 3);
    }

    /// <summary>A pace at which a sweep is not over before the fault is.</summary>
    private static int PaceFor(TimeSpan away) => (int)Math.Max(250, (away + TimeSpan.FromSeconds(60)).TotalMilliseconds * 16 / Sweeps.Budget);

    private static Task<double> AllTrainAgainAsync(World world, string id, Sweep atReturn) => world.UntilAsync(
        "every experiment has a checkpoint more than when Redis came back",
        async () => (await world.Store.SweepAsync(id))!.Experiments.Zip(atReturn.Experiments).All(pair =>
            pair.First.Outcome is not null || pair.First.Checkpoints.Any(c => pair.Second.Checkpoints.All(old => old.Blob != c.Blob))));
}
