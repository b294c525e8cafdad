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
    /// <param name="surroundings">Store, door and output.</param>
    /// <param name="experiment">The experiment as typed.</param>
    /// <param name="storeUri">The store.</param>
    /// <param name="wishes">What to ask of a silo that is started.</param>
    /// <param name="target">The file as typed.</param>
    /// <param name="job">The job; gives the blob that the silo made.</param>
    /// <param name="finish">What is done to the file at last; null for nothing.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<int> RunAsync(
        Surroundings surroundings,
        string experiment,
        string storeUri,
        SiloWishes wishes,
        string target,
        Func<IPictureJobGrain, string, int, Task<string>> job,
        Action<string>? finish,
        CancellationToken cancellationToken)
    {
        ExperimentReference reference = ExperimentReference.Parse(experiment);
        string file = BlobDownload.CheckTarget(surroundings, target);
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        string sweep = await new SweepDirectory(store).ResolveAsync(reference.Sweep, cancellationToken);
        await StoredSweep.RequireAsync(store, sweep, reference.Number, cancellationToken);
        string checkpoints = Abstractions.StoreLayout.Checkpoints(sweep, reference.Number);
        if (!await store.ListAsync(checkpoints, cancellationToken).AnyAsync(cancellationToken))
            throw new UserException(ExitCode.NotFound, $"experiment {reference.Number} of {sweep} has no checkpoint", $"`catgan status {sweep}` shows how far it is");
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
        finish?.Invoke(file);
        surroundings.Out.WriteLine(file);
        return ExitCode.Done;
    }
}
