using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Cluster.Tests.Harness;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Cluster.Tests.Persons;

/// <summary>Experiments that go on after their end or after a pause, with real training: from their checkpoints, and nothing twice.</summary>
public sealed class GoingOnTests
{
    private const long Every = Sweeps.CheckpointEvery;
    private const long Rung = 800;

    // So seldom that the journal needs no snapshot, which would stand for the events.
    private const long Seldom = 400;

    [Fact]
    public async Task RetryThenExtend_SweepThatHadEnded_HasTheWeightsOfALongerOneAndTrainsNothingTwice()
    {
        await using World world = World.WithFolder("extend");
        world.Pace(100);
        world.StartSilo();
        string id = await world.SubmitAsync(Random("short", Sweeps.Budget, experiments: 2));
        await world.SeenAsync(id, "both experiments have a checkpoint", s => s.Experiments.Count == 2 && s.Experiments.All(e => !e.Checkpoints.IsEmpty));
        await world.RunAsync(0, "cancel", $"{id}/2");
        world.Pace(null);
        Sweep cancelled = await world.FinishedAsync(id);
        Assert.Equal([ExperimentOutcome.Completed, ExperimentOutcome.Cancelled], cancelled.Experiments.Select(e => e.Outcome!.Value));

        await world.RunAsync(0, "retry", $"{id}/2");
        Sweep retried = await world.FinishedAsync(id);
        await world.AssertWentOnAsync(id, cancelled.Experiments[1]);
        Assert.Equal([1, 2], retried.Experiments.Select(e => e.Epoch));

        await world.RunAsync(0, "extend", id, "--images", $"{2 * Sweeps.Budget}", "--experiments", "3");
        Sweep extended = await world.FinishedAsync(id);
        Assert.Equal([(1, 2), (2, 3), (3, 1)], extended.Experiments.Select(e => (e.Number, e.Epoch)));
        Assert.All(extended.Experiments, e => Assert.Equal((ExperimentOutcome.Completed, 2 * Sweeps.Budget), (e.Outcome, e.Images)));
        IEnumerable<long> whole = Reports(Every, 2 * Sweeps.Budget);
        Assert.Equal(Reports(Every, Sweeps.Budget), await ReportsAsync(world, id, 1, epoch: 1));
        Assert.Equal(Reports(Sweeps.Budget + Every, 2 * Sweeps.Budget), await ReportsAsync(world, id, 1, epoch: 2));
        Assert.Equal(Reports(Sweeps.Budget + Every, 2 * Sweeps.Budget), await ReportsAsync(world, id, 2, epoch: 3));
        Assert.Equal(whole, await ReportsAsync(world, id, 3, epoch: 1));

        Sweep longer = await world.FinishedAsync(await world.SubmitAsync(Random("long", 2 * Sweeps.Budget, experiments: 3)));
        Assert.Equal(await world.Store.HashesAsync(longer), await world.Store.HashesAsync(extended));
    }

    [Fact]
    public async Task Asha_PausedAtItsRung_IsPromotedLaterAndGoesOnFromThatCheckpoint()
    {
        await using World world = World.WithFolder("asha");
        // Slow enough that an attempt hears of its pause before it has trained to its end, which would count.
        world.Pace(60);
        world.StartSilo(slots: 1);
        string id = await world.SubmitAsync(Rates("asha", "pruner: {name: asha, eta: 2}"));
        Sweep sweep = await world.FinishedAsync(id);

        // One after the other. The first learns, the others hardly move. At the rung, 1 of 1 pauses; of 2 one may go on, which
        // is the first: it is promoted when the second has its score, not before.
        List<SweepEvent> events = await EventsAsync(world, id);
        int score = events.FindIndex(e => e is RungReached { Number: 1, Images: Rung });
        int left = events.FindIndex(e => e is AttemptLost { Number: 1, Epoch: 1 });
        int other = events.FindIndex(e => e is RungReached { Number: 2, Images: Rung });
        int again = events.FindIndex(e => e is AttemptStarted { Number: 1, Epoch: 2 });
        Assert.True(0 <= score && score < left && left < other && other < again, $"{score} {left} {other} {again}: {string.Join("; ", sweep.Experiments.Select(e => $"{e.Number}: {e.Rungs[0].Scores["swd"]}"))}");
        Assert.Contains("asha: rank 1 of 1 at 800 images", events[left] is AttemptLost lost ? lost.Reason : "", StringComparison.Ordinal);

        CheckpointSaved paused = events.OfType<CheckpointSaved>().Single(c => c is { Number: 1, Epoch: 1, Images: Rung });
        Assert.Contains($"Goes on from {paused.Blob}.", await world.Store.ReadTextAsync(StoreLayout.Log(id, 1, 2)), StringComparison.Ordinal);
        Assert.Equal(Reports(Rung + Seldom, Sweeps.Budget, Seldom), await ReportsAsync(world, id, 1, epoch: 2));
        Assert.Equal((ExperimentOutcome.Completed, 2), (sweep.Experiments[0].Outcome, sweep.Experiments[0].Epoch));
        Assert.Contains(sweep.Experiments, e => e.Outcome == ExperimentOutcome.Stopped);

        world.Pace(null);
        Sweep unpruned = await world.FinishedAsync(await world.SubmitAsync(Rates("none", "")));
        Assert.Equal((await world.Store.HashesAsync(unpruned))[0], (await world.Store.HashesAsync(sweep))[0]);
    }

    private static string Random(string name, long budget, int experiments) => Spec(name, budget, "lr: {log_uniform: [0.0001, 0.001]}", $"sampler: random\nexperiments: {experiments}");

    private static string Rates(string name, string pruner) =>
        Spec(name, Sweeps.Budget, "lr: {choice: [0.002, 0.0000001, 0.0000002, 0.0000003]}", $"rungs: [{Rung}]\n{pruner}", Seldom);

    private static string Spec(string name, long budget, string rates, string search, long every = Every) => $$"""
        name: {{name}}
        dataset: builtin:drawn-cats?count=64
        budget: {images: {{budget}}}
        seed: 7
        parameters:
          preset: dcgan
          {{rates}}
          size: 16
          hidden: 4
          z: 8
          batch: 16
        report_every: {{every}}
        checkpoint_every: {{every}}
        samples_every: {{budget}}
        {{search}}
        """;

    private static IEnumerable<long> Reports(long from, long to, long every = Every) => Enumerable.Range(0, (int)((to - from) / every) + 1).Select(i => from + (i * every));

    /// <summary>The images of an attempt's reports, in order.</summary>
    private static async Task<IEnumerable<long>> ReportsAsync(World world, string id, int number, int epoch)
    {
        string curve = await world.Store.ReadTextAsync(StoreLayout.Curve(id, number, epoch)) ?? "";
        return [.. curve.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Images)];
    }

    private static long Images(string line)
    {
        using JsonDocument point = JsonDocument.Parse(line);
        return point.RootElement.GetProperty("images").GetInt64();
    }

    private static async Task<List<SweepEvent>> EventsAsync(World world, string id)
    {
        JournalReplay replay = await new Journal(world.Store, StoreLayout.Journal(id)).ReadAsync(CancellationToken.None);
        Assert.Null(replay.Snapshot);
        return [.. replay.Batches.SelectMany(b => b.Events).Select(line => SweepEvents.Read(line.Span))];
    }
}
