using CatGan.Coordinator.App;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Takes what a silo made for a client out of the store.</summary>
internal static class BlobDownload
{
    /// <summary>Moves a blob into a file, which is whole or not there.</summary>
    public static async Task MoveAsync(IBlobStore store, string blob, string file, CancellationToken cancellationToken)
    {
        await CopyAsync(store, blob, file, cancellationToken);
        await store.DeleteAsync(blob, CancellationToken.None);
    }

    /// <summary>Copies a blob into a file, which is whole or not there.</summary>
    public static async Task CopyAsync(IBlobStore store, string blob, string file, CancellationToken cancellationToken)
    {
        await using BlobReading reading = await store.OpenReadAsync(blob, cancellationToken)
            ?? throw new UserException(ExitCode.Failed, $"{blob} is not in {store.Uri}", "does the silo use the same store?");
        await WholeFile.WriteAsync(file, to => reading.Content.CopyToAsync(to, cancellationToken));
    }
}
