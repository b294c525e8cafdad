using CatGan.Cluster.Tests.Harness;
using CatGan.Search;

[assembly: AssemblyFixture(typeof(Reference))]

namespace CatGan.Cluster.Tests.Harness;

/// <summary>The sweep that nothing disturbs, trained once by a silo that is alone; all others are held to it.</summary>
public sealed class Reference
{
    private readonly Lazy<Task<IReadOnlyList<string>>> _hashes = new(TrainAsync);

    /// <summary>That every experiment of a sweep is there exactly once, completed, with the weights of the undisturbed one.</summary>
    internal async Task AssertSameAsync(World world, Sweep sweep, int except = 0)
    {
        Assert.Equal(Enumerable.Range(1, sweep.Total), sweep.Experiments.Select(e => e.Number));
        Experiment[] held = [.. sweep.Experiments.Where(e => e.Number != except)];
        Assert.All(held, e => Assert.Equal((ExperimentOutcome.Completed, Sweeps.Budget), (e.Outcome, e.Images)));
        Assert.All(held, e => Assert.Equal(Enumerable.Range(1, e.Epoch), e.Attempts.Select(a => a.Epoch)));
        IReadOnlyList<string> expected = await _hashes.Value;
        IReadOnlyList<string> actual = await world.Store.HashesAsync(sweep);
        Assert.Equal(held.Select(e => expected[e.Number - 1]), held.Select(e => actual[e.Number - 1]));
    }

    private static async Task<IReadOnlyList<string>> TrainAsync()
    {
        await using World world = World.WithFolder("reference");
        world.StartRealSilo();
        Sweep sweep = await world.FinishedAsync(await world.SubmitAsync(Sweeps.Spec()));
        Assert.All(sweep.Experiments, e => Assert.Equal(1, e.Epoch));
        return await world.Store.HashesAsync(sweep);
    }
}
