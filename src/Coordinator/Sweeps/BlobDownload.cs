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
        string part = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            await using (BlobReading reading = await store.OpenReadAsync(blob, cancellationToken)
                ?? throw new UserException(ExitCode.Failed, $"{blob} is not in {store.Uri}", "does the silo use the same store?"))
            {
                await using FileStream to = new(part, FileMode.CreateNew, FileAccess.Write);
                await reading.Content.CopyToAsync(to, cancellationToken);
            }
            File.Move(part, file, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Refuses an <c>--out</c> that could not be written, before any work is done for it.</summary>
    public static string CheckTarget(Surroundings surroundings, string typed)
    {
        string file = surroundings.Path(typed);
        if (Directory.Exists(file))
            throw new UserException(ExitCode.BadInput, $"--out is {typed}, which is a folder", "name a file in it");
        if (Path.GetDirectoryName(file) is { } folder && !Directory.Exists(folder))
            throw new UserException(ExitCode.BadInput, $"--out is {typed}, but the folder {folder} is not there", "make it first");
        return file;
    }
}
