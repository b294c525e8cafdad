using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Grains.Tests.Support;
using CatGan.Search;
using CatGan.Training;

namespace CatGan.Grains.Tests.Sweeps;

public class PromotionTests
{
    private readonly MemoryBlobStore _store = new();

    [Fact]
    public async Task Submit_Asha_PausesAtRungsAndGoesOnFromTheirCheckpoints()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1);
        // Training goes on past the rung at 500, writes a checkpoint at 600, and only then hears of the pause.
        cluster.Trainers.BeforeBatch = (order, images, command) =>
        {
            if (order.Epoch == 1 && images == 600)
                SpinWait.SpinUntil(() => command() != TrainingCommand.Continue);
        };
        // More is better, and earlier experiments score higher. At 500, eta 2: 1 pauses (none of one). 2 pauses (second of two),
        // and 1 is promoted to its end. 3 pauses (third of three). 4 pauses (fourth of four), and 2 is promoted. 3 and 4 end.
        SweepDefinition definition = Support.Sweeps.Definition() with
        {
            Objective = new("swd", Minimize: false),
            Pruner = new("asha", ImmutableSortedDictionary<string, string>.Empty.Add("eta", "2")),
        };
        Assert.True((await cluster.Sweep("s").Submit(Support.Sweeps.Submission(definition), CancellationToken.None)).Accepted);
        await _store.FinishedAsync("s");
        Assert.Equal([(1, 1, 0), (2, 1, 0), (1, 2, 500), (3, 1, 0), (4, 1, 0), (2, 2, 500)], cluster.Trainers.Starts.Select(s => (s.Experiment, s.Epoch, (int)s.From)));
        SweepStatus status = await cluster.StatusAsync("s");
        Assert.Equal((2, 2, 0), (status.Ended[Outcome.Completed], status.Ended[Outcome.Stopped], status.Paused));
        Assert.StartsWith("asha: rank 3 of 4 at 500 images (swd ", status.Experiments[2].Reason, StringComparison.Ordinal);
        Assert.Equal(500, status.Experiments[2].Images);
        // What was done past the pause is gone from the store as well.
        Assert.DoesNotContain(_store.Names(StoreLayout.Checkpoints("s", 3)), name => name.Contains("000000600-", StringComparison.Ordinal));
    }
}
