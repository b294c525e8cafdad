using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace CatGan.Storage;

/// <summary>
/// Blobs in a container of Azure Blob Storage, which the first write makes where it is missing. Versions are
/// ETags; the service itself checks conditions. Requests are retried by the client; a write that lost its staged
/// blocks to another writer of the same blob calls its <see cref="BlobWriter"/> again.
/// </summary>
internal sealed partial class AzureBlobStore(BlobContainerClient container, string uri) : IBlobStore
{
    private const int Tries = 5;

    /// <inheritdoc/>
    public string Uri { get; } = uri;

    /// <inheritdoc/>
    public async Task<BlobVersion?> WriteAsync(string name, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        BlobName.Check(name);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnceAsync(container.GetBlockBlobClient(name), write, condition, cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound && attempt < Tries)
            {
                await CreateContainerAsync(name, cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.InvalidBlockList && attempt < Tries)
            {
                // Another writer's commit swept this one's staged blocks away: write them again.
            }
            catch (Exception e) when (AzureError.Is(e))
            {
                throw AzureError.Wrap(e, "write", name, Uri);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        await Guarded<object>(name, "delete", async blob =>
        {
            var deleted = await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken).ConfigureAwait(false);
            return deleted.Value ? blob : null;
        }).ConfigureAwait(false) is not null;

    /// <summary>The tag of an ETag; listings leave its quotes out.</summary>
    internal static BlobVersion Version(ETag tag) => new(tag.ToString().Trim('"'));

    private static async Task<BlobVersion?> WriteOnceAsync(BlockBlobClient blob, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken)
    {
        using var upload = new BlockUpload(blob, Conditions(condition));
        var destination = new WriteOnlyStream(upload.AppendAsync);
        await using (destination.ConfigureAwait(false))
            await write(destination, cancellationToken).ConfigureAwait(false);
        try
        {
            return await upload.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (condition != BlobCondition.Always && IsRefusal(e))
        {
            return await OwnAsync(blob, upload, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsRefusal(RequestFailedException e) =>
        e.ErrorCode == BlobErrorCode.BlobAlreadyExists || e.ErrorCode == BlobErrorCode.ConditionNotMet || e.ErrorCode == BlobErrorCode.BlobNotFound;

    /// <summary>The version of the blob if it is this very write's, whose first answer got lost.</summary>
    private static async Task<BlobVersion?> OwnAsync(BlockBlobClient blob, BlockUpload upload, CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            return upload.Made(properties) ? Version(properties.ETag) : null;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private static BlobRequestConditions? Conditions(BlobCondition condition) => condition switch
    {
        { MustBeAbsent: true } => new BlobRequestConditions { IfNoneMatch = ETag.All },
        { MustBe: { } version } => new BlobRequestConditions { IfMatch = new ETag($"\"{version.Tag}\"") },
        _ => null,
    };

    private async Task CreateContainerAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (AzureError.Is(e))
        {
            throw AzureError.Wrap(e, "make the container for", name, Uri);
        }
    }

    private async Task<T?> Guarded<T>(string name, string verb, Func<BlockBlobClient, Task<T?>> action)
        where T : class
    {
        BlobName.Check(name);
        try
        {
            return await action(container.GetBlockBlobClient(name)).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (Exception e) when (AzureError.Is(e))
        {
            throw AzureError.Wrap(e, verb, name, Uri);
        }
    }
}
