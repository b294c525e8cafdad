using System.Collections.Concurrent;
using CatGan.Storage;

namespace CatGan.Web.Tests.Support;

/// <summary>A store that counts what is read, and can be made to hold reads up.</summary>
internal sealed class GatedStore(IBlobStore inner) : IBlobStore
{
    private TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource gate = Opened();

    /// <summary>The names that were read, in order.</summary>
    public ConcurrentQueue<string> Reads { get; } = new();

    /// <summary>Ends when a read is held up.</summary>
    public Task Waits => waits.Task;

    public string Uri => inner.Uri;

    public void Close() => (waits, gate) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Open() => gate.TrySetResult();

    public async Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        Reads.Enqueue(name);
        if (!gate.Task.IsCompleted)
            waits.TrySetResult();
        await gate.Task.WaitAsync(cancellationToken);
        return await inner.OpenReadAsync(name, cancellationToken);
    }

    public Task<BlobVersion?> WriteAsync(string name, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken) =>
        inner.WriteAsync(name, write, condition, cancellationToken);

    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken) => inner.GetInfoAsync(name, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    private static TaskCompletionSource Opened()
    {
        TaskCompletionSource open = new();
        open.SetResult();
        return open;
    }
}
