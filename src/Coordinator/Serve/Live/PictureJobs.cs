using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Coordinator.App;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>Has a silo make something of a generator. At most a few at once, for each takes a device or cores from training.</summary>
internal sealed class PictureJobs(ClusterLink link, IBlobStore store) : IDisposable
{
    private const int AtOnce = 2;
    private readonly SemaphoreSlim places = new(AtOnce);

    /// <summary>Has it made; what was made is gone from the store when it has been read.</summary>
    /// <exception cref="UserException">The experiment has no checkpoint that can be used, or no silo can be reached.</exception>
    public async Task<BlobReading> RunAsync(SweepView view, Experiment experiment, Func<IPictureJobGrain, CancellationToken, Task<string>> job, CancellationToken cancellationToken)
    {
        string checkpoints = StoreLayout.Checkpoints(view.Id, experiment.Number);
        if (!await store.ListAsync(checkpoints, cancellationToken).AnyAsync(cancellationToken))
            throw new UserException(ExitCode.NotFound, $"experiment {experiment.Number} of {view.Id} has no checkpoint", $"`catgan status {view.Id}` shows its experiments");
        await places.WaitAsync(cancellationToken);
        try
        {
            string blob = await link.TellAsync(cluster => job(cluster.Pictures(), cancellationToken), cancellationToken);
            return await FetchAsync(blob);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            // The silo's own words: which checkpoints it tried and what was wrong with each.
            throw new UserException(ExitCode.NotFound, e.Message, $"`catgan logs {view.Id}/{experiment.Number}` tells what happened to it");
        }
        finally
        {
            places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();

    // Into memory: the blob can go before the client has read it all. A grid has at most some megabytes.
    private async Task<BlobReading> FetchAsync(string blob)
    {
        MemoryStream content = new();
        BlobInfo info;
        await using (BlobReading reading = await store.OpenReadAsync(blob, CancellationToken.None)
            ?? throw new UserException(ExitCode.Failed, $"{blob} is not in {store.Uri}", "does the silo use the same store?"))
        {
            info = reading.Info;
            await reading.Content.CopyToAsync(content, CancellationToken.None);
        }
        await store.DeleteAsync(blob, CancellationToken.None);
        content.Position = 0;
        return new(content, info);
    }
}
