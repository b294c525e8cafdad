using CatGan.Storage;

namespace CatGan.Web.Tests.Support;

/// <summary>A store in which something happens right before a blob is read.</summary>
internal class HookedStore(IBlobStore inner) : IBlobStore
{
    public string Uri => inner.Uri;

    /// <summary>What happens, by the blob's name.</summary>
    public Func<string, CancellationToken, Task> BeforeRead { get; set; } = Nothing;

    /// <summary>Lets something happen once, before a blob of this name is read.</summary>
    public void Once(string name, Func<CancellationToken, Task> happen) => BeforeRead = (read, cancellationToken) =>
    {
        if (read != name)
            return Task.CompletedTask;
        BeforeRead = Nothing;
        return happen(cancellationToken);
    };

    public async Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        await BeforeRead(name, cancellationToken);
        return await inner.OpenReadAsync(name, cancellationToken);
    }

    public Task<BlobVersion?> WriteAsync(string name, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken) =>
        inner.WriteAsync(name, write, condition, cancellationToken);

    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken) => inner.GetInfoAsync(name, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    private static Task Nothing(string name, CancellationToken cancellationToken) => Task.CompletedTask;
}
