using System.Collections.Concurrent;
using CatGan.Storage;

namespace CatGan.Web.Tests.Support;

/// <summary>A store that counts what is read, and can be made to hold reads up.</summary>
internal sealed class GatedStore : HookedStore
{
    private TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource gate = Opened();

    public GatedStore(IBlobStore inner)
        : base(inner) => BeforeRead = WaitAsync;

    /// <summary>The names that were read, in order.</summary>
    public ConcurrentQueue<string> Reads { get; } = new();

    /// <summary>Ends when a read is held up.</summary>
    public Task Waits => waits.Task;

    public void Close() => (waits, gate) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Open() => gate.TrySetResult();

    private Task WaitAsync(string name, CancellationToken cancellationToken)
    {
        Reads.Enqueue(name);
        if (!gate.Task.IsCompleted)
            waits.TrySetResult();
        return gate.Task.WaitAsync(cancellationToken);
    }

    private static TaskCompletionSource Opened()
    {
        TaskCompletionSource open = new();
        open.SetResult();
        return open;
    }
}
