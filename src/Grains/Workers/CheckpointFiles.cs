using System.Security.Cryptography;
using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Storage;

namespace CatGan.Grains.Workers;

/// <summary>Checkpoints between the store and files of this machine, hashed on the way.</summary>
internal sealed class CheckpointFiles(IBlobStore store, WorkFolder work, GrainsTiming timing)
{
    /// <summary>Streams a copy into a file of this machine; the copy's memory can go then, however long the store takes.</summary>
    public async Task<StagedCheckpoint> StageAsync(AttemptOrder order, ICheckpointCopy copy, CancellationToken cancellationToken)
    {
        TemporaryFile file = work.NewFile();
        try
        {
            await using FileStream content = file.Create();
            await copy.WriteAsync(content, cancellationToken);
            content.Position = 0;
            string sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
            string blob = StoreLayout.Checkpoint(order.Sweep, order.Experiment, copy.Images, order.Epoch, sha256);
            return new StagedCheckpoint(file, new CheckpointRef(blob, sha256, copy.Images), copy.Updates, content.Length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>One try of bringing a checkpoint to the store.</summary>
    public Task UploadAsync(StagedCheckpoint staged, CancellationToken cancellationToken) => StoreCall.WithinAsync(
        StoreCall.LimitFor(staged.Bytes, timing),
        timing,
        // A content-named blob that is there already is this very checkpoint.
        token => store.WriteAsync(staged.Checkpoint.Blob, (destination, ct) => staged.File.CopyToAsync(destination, ct), BlobCondition.IfAbsent, token),
        cancellationToken);

    /// <summary>Fetches a checkpoint into a file of this machine.</summary>
    /// <returns>The file, or null with the fault when it is missing or its hash differs.</returns>
    public async Task<(TemporaryFile? File, string? Fault)> FetchAsync(CheckpointRef checkpoint, CancellationToken cancellationToken)
    {
        await using BlobReading? reading = await StoreCall.WithinAsync(
            timing.StoreTimeout, timing, token => store.OpenReadAsync(checkpoint.Blob, token), cancellationToken);
        if (reading is null)
            return (null, $"{checkpoint.Blob} is not in the store");
        TemporaryFile file = work.NewFile();
        try
        {
            await using FileStream content = file.Create();
            await StoreCall.WithinAsync(
                StoreCall.LimitFor(reading.Info.Length, timing), timing, token => reading.Content.CopyToAsync(content, token), cancellationToken);
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

/// <summary>A checkpoint on its way to the store; its file goes with this object.</summary>
/// <param name="File">Holds it.</param>
/// <param name="Checkpoint">The blob that it will be.</param>
/// <param name="Updates">Generator updates it holds.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record StagedCheckpoint(TemporaryFile File, CheckpointRef Checkpoint, long Updates, long Bytes) : IDisposable
{
    public void Dispose() => File.Dispose();
}
