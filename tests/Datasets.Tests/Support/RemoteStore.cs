using CatGan.Storage;

namespace CatGan.Datasets.Tests.Support;

/// <summary>A folder store that hides its files, as one across the network does, and counts the blobs read.</summary>
internal sealed class RemoteStore(IBlobStore inner) : IBlobStore
{
    public int Reads { get; private set; }

    public string Uri => inner.Uri;

    public Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        Reads++;
        return inner.OpenReadAsync(name, cancellationToken);
    }

    public Task<BlobVersion?> WriteAsync(string name, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken) =>
        inner.WriteAsync(name, write, condition, cancellationToken);

    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken) => inner.GetInfoAsync(name, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
}
