using System.Security.Cryptography;
using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Storage;

namespace CatGan.Grains.Workers;

/// <summary>Checkpoints between the store and files of this machine, hashed on the way.</summary>
internal sealed class CheckpointFiles(IBlobStore store, WorkFolder work)
{
    /// <summary>Streams a copy into a file and from there, named by its hash, into the store.</summary>
    /// <returns>The blob and its length.</returns>
    public async Task<(CheckpointRef Checkpoint, long Bytes)> SaveAsync(AttemptOrder order, ICheckpointCopy copy, CancellationToken cancellationToken)
    {
        using TemporaryFile file = work.NewFile();
        string sha256;
        await using (FileStream content = file.Create())
        {
            await copy.WriteAsync(content, cancellationToken);
            content.Position = 0;
            sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        }
        string blob = StoreLayout.Checkpoint(order.Sweep, order.Experiment, copy.Images, order.Epoch, sha256);
        // A content-named blob that is there already is this very checkpoint.
        await store.WriteAsync(blob, (destination, token) => file.CopyToAsync(destination, token), BlobCondition.IfAbsent, cancellationToken);
        return (new CheckpointRef(blob, sha256, copy.Images), new FileInfo(file.Path).Length);
    }

    /// <summary>Fetches a checkpoint into a file of this machine.</summary>
    /// <returns>The file, or null with the fault when it is missing or its hash differs.</returns>
    public async Task<(TemporaryFile? File, string? Fault)> FetchAsync(CheckpointRef checkpoint, CancellationToken cancellationToken)
    {
        await using BlobReading? reading = await store.OpenReadAsync(checkpoint.Blob, cancellationToken);
        if (reading is null)
            return (null, $"{checkpoint.Blob} is not in the store");
        TemporaryFile file = work.NewFile();
        try
        {
            await using FileStream content = file.Create();
            await reading.Content.CopyToAsync(content, cancellationToken);
            content.Position = 0;
            string sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
            if (sha256 == checkpoint.Sha256)
                return (file, null);
            file.Dispose();
            return (null, $"{checkpoint.Blob} is torn or changed: its hash is {sha256}");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
