using CatGan.Cluster.Tests.Harness;
using CatGan.Search;

namespace CatGan.Cluster.Tests.Rows;

/// <summary>Row "an experiment that kills its process each time".</summary>
public sealed class PoisonTests(Reference reference)
{
    private const int Poison = 2;

    [Fact]
    public async Task ExperimentThatKillsItsProcess_IsSetAsideAfterThreeLoneTriesAndNobodyElseIsCharged()
    {
        await using World world = World.WithFolder("poison");
        Dictionary<string, string> kill = new() { ["CATGAN_TEST_KILL"] = $"{Poison}" };
        // So slow that its neighbours get no checkpoint either before it takes them down.
        world.Pace(200);
        TestSilo first = world.StartSilo(slots: 4, kill);
        string id = await world.SubmitAsync(Sweeps.Spec());
        await using (Keeper keeper = new([first], () => world.StartSilo(slots: 4, kill)))
        {
            await world.SeenAsync(id, "the poison is set aside", s => s.Experiments.Count == 4 && s.Experiments[Poison - 1].Outcome is not null, seconds: 300);
            world.Pace(null);
            await world.FinishedAsync(id);
            Figures.Note("an experiment that kills its process", "processes that it took down", keeper.Replaced);
            Assert.Equal(5, keeper.Replaced);
        }

        Sweep ended = (await world.Store.SweepAsync(id))!;
        Experiment poison = ended.Experiments[Poison - 1];
        Assert.Equal(ExperimentOutcome.Failed, poison.Outcome);
        Assert.Contains("its worker was lost 5 times", poison.Reason, StringComparison.Ordinal);
        Assert.Equal([false, false, true, true, true], poison.Attempts.Take(5).Select(a => a.Alone));
        await reference.AssertSameAsync(world, ended, except: Poison);
        // Where it ran alone nothing else did, from its start to the end of that silo.
        Assert.All(poison.Attempts.Where(a => a.Alone), lone => Assert.DoesNotContain(
            ended.Experiments.Where(e => e != poison).SelectMany(e => e.Attempts),
            a => Silo(a) == Silo(lone) && (a.EndedAt ?? DateTimeOffset.MaxValue) > lone.StartedAt));
    }

    private static string Silo(Attempt attempt) => attempt.Worker.Split('/')[0];
}
