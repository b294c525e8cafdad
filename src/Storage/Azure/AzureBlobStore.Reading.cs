using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;

namespace CatGan.Storage;

/// <summary>Reading blobs, whole and in part, and naming them.</summary>
internal sealed partial class AzureBlobStore
{
    /// <summary>Blobs that the service names in one answer; null for its own measure, 5,000. Tests take fewer.</summary>
    internal int? PageSize { get; init; }

    /// <inheritdoc/>
    public Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken) =>
        Guarded(name, "read", async blob =>
        {
            var response = await blob.DownloadStreamingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return Reading(name, response.Value, response.Value.Details.ContentLength);
        });

    /// <inheritdoc/>
    public async Task<BlobReading?> OpenRangeAsync(string name, long offset, long? length, BlobVersion? version, CancellationToken cancellationToken)
    {
        BlobPart.Check(offset, length);
        if (length == 0)
            return await EmptyAsync(name, version, cancellationToken).ConfigureAwait(false);
        var options = new BlobDownloadOptions
        {
            Range = new HttpRange(offset, length <= long.MaxValue - offset ? length : null),
            Conditions = version is { } asked ? Conditions(BlobCondition.IfVersion(asked)) : null,
        };
        try
        {
            return await Guarded(name, "read", async blob =>
            {
                var response = await blob.DownloadStreamingAsync(options, cancellationToken).ConfigureAwait(false);
                var reading = Reading(name, response.Value, Total(response.Value.Details));
                // The whole of it, where that was asked for, or where something on the way knows no ranges.
                return response.Value.Details.ContentRange is not null ? reading : await BlobPart.OfAsync(reading, offset, length, null, cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (BlobStoreException e) when (e.InnerException is RequestFailedException { Status: 412 })
        {
            return null;
        }
        catch (BlobStoreException e) when (e.InnerException is RequestFailedException { Status: 416 })
        {
            return await EmptyAsync(name, version, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken) =>
        Guarded(name, "look at", async blob =>
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            return new BlobInfo(name, properties.ContentLength, Version(properties.ETag), properties.LastModified);
        });

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > 0 && BlobName.Fault(prefix.TrimEnd('/') + "x") is not null)
            yield break; // No blob's name can start like this.
        var pages = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix.Length == 0 ? null : prefix, cancellationToken).AsPages(pageSizeHint: PageSize);
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
        var pages = container.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", folder.Length == 0 ? null : folder, cancellationToken).AsPages(pageSizeHint: PageSize);
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

    private BlobReading Reading(string name, BlobDownloadStreamingResult download, long total) => new(
        new AzureReadStream(download.Content, e => AzureError.Wrap(e, "read", name, Uri)),
        new BlobInfo(name, total, Version(download.Details.ETag), download.Details.LastModified));

    private async Task<BlobReading?> EmptyAsync(string name, BlobVersion? version, CancellationToken cancellationToken) =>
        await GetInfoAsync(name, cancellationToken).ConfigureAwait(false) is { } info && (version ?? info.Version) == info.Version ? BlobPart.Empty(info) : null;

    /// <summary>Length of the whole blob: the end of <c>bytes 3-5/10</c>.</summary>
    private static long Total(BlobDownloadDetails details) =>
        details.ContentRange is { } range ? long.Parse(range.AsSpan(range.LastIndexOf('/') + 1), CultureInfo.InvariantCulture) : details.ContentLength;

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
