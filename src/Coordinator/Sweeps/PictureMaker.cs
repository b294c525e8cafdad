using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Has a silo make something of an experiment's generator.</summary>
internal static class PictureMaker
{
    /// <summary>Has it made. An experiment without a checkpoint is refused before any silo is started for it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="silos">The connection to the silos.</param>
    /// <param name="sweep">Id of the sweep.</param>
    /// <param name="experiment">An experiment that has begun.</param>
    /// <param name="wish">What to make.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Name of the blob that the silo made, which whoever asked is to delete.</returns>
    /// <exception cref="UserException">It has no checkpoint that can be used, or no silo can be reached.</exception>
    public static async Task<string> MakeAsync(IBlobStore store, ISilos silos, string sweep, int experiment, PictureWish wish, CancellationToken cancellationToken)
    {
        if (!await store.ListAsync(StoreLayout.Checkpoints(sweep, experiment), cancellationToken).AnyAsync(cancellationToken))
            throw new UserException(ExitCode.NotFound, $"experiment {experiment} of {sweep} has no checkpoint", $"`catgan status {sweep}` shows how far it is");
        try
        {
            return await silos.TellAsync(cluster => wish.AskAsync(cluster.Pictures(), sweep, experiment, cancellationToken), cancellationToken);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            // The silo's own words: which checkpoints it tried and what was wrong with each.
            throw new UserException(ExitCode.NotFound, e.Message, $"`catgan logs {sweep}/{experiment}` tells what happened to it");
        }
    }
}
