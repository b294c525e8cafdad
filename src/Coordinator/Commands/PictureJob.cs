using CatGan.Abstractions.Grains;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary>What <c>generate</c> and <c>export</c> share: a silo makes a blob, the client takes it out of the store.</summary>
internal static class PictureJob
{
    /// <summary>Has a silo do the job for an experiment and leaves its result in a file.</summary>
    public static async Task<int> RunAsync(
        Surroundings surroundings,
        string experiment,
        string storeUri,
        SiloWishes wishes,
        string target,
        Func<IPictureJobGrain, string, int, Task<string>> job,
        CancellationToken cancellationToken)
    {
        ExperimentReference reference = ExperimentReference.Parse(experiment);
        string file = BlobDownload.CheckTarget(surroundings, target);
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        string sweep = await new SweepDirectory(store).ResolveAsync(reference.Sweep, cancellationToken);
        string checkpoints = Abstractions.StoreLayout.Checkpoints(sweep, reference.Number);
        if (!await store.ListAsync(checkpoints, cancellationToken).AnyAsync(cancellationToken))
            throw new UserException(ExitCode.NotFound, $"experiment {reference.Number} of {sweep} has no checkpoint", $"`catgan status {sweep}` shows its experiments");
        await using ICluster cluster = await surroundings.Door(surroundings).JoinAsync(StoreOpener.Absolute(surroundings, storeUri), store, wishes, cancellationToken);
        string blob;
        try
        {
            blob = await job(cluster.Pictures(), sweep, reference.Number);
        }
        catch (InvalidOperationException e)
        {
            // The silo's own words: which checkpoints it tried and what was wrong with each.
            throw new UserException(ExitCode.NotFound, e.Message, $"`catgan logs {sweep}/{reference.Number}` tells what happened to it");
        }
        await BlobDownload.MoveAsync(store, blob, file, cancellationToken);
        surroundings.Out.WriteLine(file);
        return ExitCode.Done;
    }
}
