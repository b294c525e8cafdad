using CatGan.Cluster.Tests.Harness;

namespace CatGan.Cluster.Tests.Rows;

/// <summary>Crash-equivalence: whatever is killed and frozen, the result is that of a run that nothing disturbed.</summary>
public sealed class ChaosTests(Azurite azurite, Reference reference)
{
    [Fact]
    public async Task GridSweeps_SilosKilledAndFrozenAtRandomMoments_EndAsIfNothingHadHappened()
    {
        await using World world = await (await World.WithAzuriteAsync("chaos", azurite)).WithRedisAsync();
        await using ChaosRun run = new(world, Scale.Seed, (w, sweep) => reference.AssertSameAsync(w, sweep));

        await run.GoAsync(Scale.Faults);

        foreach (Fault fault in run.Faults.Keys.Order())
        {
            Figures.Note($"chaos run: {fault}", "faults", run.Faults[fault]);
            Figures.Note($"chaos run: {fault}", "recoveries waited for", run.Recoveries(fault));
            if (run.Worst(fault) is { } worst)
            {
                Figures.Note($"chaos run: {fault}", "seconds of the worst recovery", worst);
                Assert.True(worst <= 60, $"after {fault}, all trained again only after {worst:0.0} s\n{world.Tell()}");
            }
        }
        Figures.Note("chaos run", "faults", run.Faults.Values.Sum());
        Figures.Note("chaos run", "sweeps with the hashes of the undisturbed one", run.Sweeps);
        Assert.Equal(Scale.Faults, run.Faults.Values.Sum());
    }
}
