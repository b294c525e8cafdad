using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;
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
    public async Task<BlobReading> RunAsync(SweepView view, Experiment experiment, PictureWish wish, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await FetchAsync(await PictureMaker.MakeAsync(store, link, view.Id, experiment.Number, wish, cancellationToken));
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
