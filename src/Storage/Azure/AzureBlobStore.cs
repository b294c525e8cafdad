using System.Runtime.CompilerServices;
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
internal sealed class AzureBlobStore(BlobContainerClient container, string uri) : IBlobStore
{
    private const int Tries = 5;

    /// <inheritdoc/>
    public string Uri { get; } = uri;

    /// <inheritdoc/>
    public Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken) =>
        Guarded(name, "read", async blob =>
        {
            var response = await blob.DownloadStreamingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            var details = response.Value.Details;
            var info = new BlobInfo(name, details.ContentLength, Version(details.ETag), details.LastModified);
            return new BlobReading(new AzureReadStream(response.Value.Content, e => AzureError.Wrap(e, "read", name, Uri)), info);
        });

    /// <inheritdoc/>
    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken) =>
        Guarded(name, "look at", async blob =>
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            return new BlobInfo(name, properties.ContentLength, Version(properties.ETag), properties.LastModified);
        });

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
    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > 0 && BlobName.Fault(prefix.TrimEnd('/') + "x") is not null)
            yield break; // No blob's name can start like this.
        var pages = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix.Length == 0 ? null : prefix, cancellationToken).AsPages();
        await using var page = pages.GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(page, prefix).ConfigureAwait(false))
        {
            foreach (var item in page.Current.Values)
            {
                var (length, tag, modified) = (item.Properties.ContentLength, item.Properties.ETag, item.Properties.LastModified);
                if (BlobName.Fault(item.Name) is null)
                    yield return new BlobInfo(item.Name, length ?? 0, Version(tag ?? default), modified ?? default);
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListFoldersAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var pages = container.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", folder.Length == 0 ? null : folder, cancellationToken).AsPages();
        await using var page = pages.GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(page, folder).ConfigureAwait(false))
        {
            foreach (var item in page.Current.Values)
            {
                if (item.IsPrefix && BlobName.Fault(item.Prefix.TrimEnd('/')) is null)
                    yield return item.Prefix[folder.Length..^1];
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

    private async Task<bool> NextAsync<T>(IAsyncEnumerator<Page<T>> page, string prefix) where T : notnull
    {
        try
        {
            return await page.MoveNextAsync().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return false;
        }
        catch (Exception e) when (AzureError.Is(e))
        {
            throw AzureError.Wrap(e, "list", prefix, Uri);
        }
    }
}
