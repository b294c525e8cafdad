using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CatGan.Abstractions;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>Steps that many rows share.</summary>
internal static partial class Training
{
    /// <summary>Starts silos and a slow sweep, and waits until each of its four experiments trains and has a checkpoint.</summary>
    /// <returns>The sweep's id, and its state.</returns>
    public static async Task<(string Id, Sweep Sweep)> TrainingAsync(this World world, int silos, int pace = 250)
    {
        world.Pace(pace);
        for (int i = 0; i < silos; i++)
            world.StartSilo();
        await world.ReadyAsync(all: true);
        string id = await world.SubmitAsync(Sweeps.Spec());
        Sweep sweep = await world.SeenAsync(
            id, "each experiment trains and has a checkpoint", s => s.Experiments.Count == 4 && s.Experiments.All(e => e.Worker is not null && !e.Checkpoints.IsEmpty));
        return (id, sweep);
    }

    /// <summary>The silo that trains an experiment, or did last.</summary>
    public static TestSilo SiloOf(this World world, Experiment experiment) =>
        world.Silos.Single(s => experiment.Attempts[^1].Worker.StartsWith(s.Name + "-", StringComparison.Ordinal));

    /// <summary>
    /// That an attempt went on from the last checkpoint of the one before it, by its own log, and that its first report is
    /// the one that follows: only what was trained since that checkpoint was trained again.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <param name="id">The sweep.</param>
    /// <param name="lost">The experiment, as the journal had it when its attempt was over.</param>
    public static async Task AssertWentOnAsync(this World world, string id, Experiment lost)
    {
        string log = await world.Store.ReadTextAsync(StoreLayout.Log(id, lost.Number, 2)) ?? "";
        Match from = GoesOn().Match(log);
        Assert.True(from.Success, log);
        long images = long.Parse(from.Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(images, lost.Checkpoints.LastOrDefault(c => c.Epoch == 1)?.Images ?? 0, Sweeps.Budget);
        string curve = await world.Store.ReadTextAsync(StoreLayout.Curve(id, lost.Number, 2)) ?? "";
        using JsonDocument first = JsonDocument.Parse(curve.Split('\n')[0]);
        // A silo that leaves in order hands over from between two reports.
        Assert.Equal(((images / Sweeps.CheckpointEvery) + 1) * Sweeps.CheckpointEvery, first.RootElement.GetProperty("images").GetInt64());
    }

    [GeneratedRegex(@"Goes on from \S+/checkpoints/(\d+)-1-[0-9a-f]{64}\.safetensors\.")]
    private static partial Regex GoesOn();
}
