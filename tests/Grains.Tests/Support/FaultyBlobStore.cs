using System.Collections.Concurrent;
using CatGan.Storage;

namespace CatGan.Grains.Tests.Support;

/// <summary>What a store does wrong.</summary>
public enum StoreFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It answers with an error.</summary>
    Refuse,

    /// <summary>It never answers, and does not heed a cancellation either, until it is well again.</summary>
    Hang,

    /// <summary>It takes every fourth write and refuses the others.</summary>
    Throttle,

    /// <summary>It has no room for a write.</summary>
    DiskFull,
}

/// <summary>A store whose writes fail by a script.</summary>
internal sealed class FaultyBlobStore(MemoryBlobStore inner) : IBlobStore
{
    private readonly ConcurrentDictionary<string, int> _tries = new(StringComparer.Ordinal);
    private TaskCompletionSource _well = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<string, StoreFault> _script = _ => StoreFault.None;
    private int _writes;

    public string Uri => inner.Uri;

    /// <summary>From now on, writes fail as the script says of their names.</summary>
    public void Fail(Func<string, StoreFault> script) => Volatile.Write(ref _script, script);

    /// <summary>From now on nothing fails, and what hung goes on.</summary>
    public void Heal()
    {
        Fail(_ => StoreFault.None);
        Interlocked.Exchange(ref _well, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Waits until a blob of a name that ends so was tried this often.</summary>
    public async Task TriedAsync(string end, int times)
    {
        while (true)
        {
            Task tried = Volatile.Read(ref _tried).Task;
            if (_tries.Where(t => t.Key.EndsWith(end, StringComparison.Ordinal)).Sum(t => t.Value) >= times)
                return;
            await tried.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public async Task<BlobVersion?> WriteAsync(string name, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken)
    {
        StoreFault fault = Volatile.Read(ref _script)(name);
        Task well = Volatile.Read(ref _well).Task;
        _tries.AddOrUpdate(name, 1, (_, tries) => tries + 1);
        Interlocked.Exchange(ref _tried, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        switch (fault)
        {
            case StoreFault.Refuse:
            case StoreFault.Throttle when Interlocked.Increment(ref _writes) % 4 != 0:
                throw new BlobStoreException("The store could not write: the account does not answer.");
            case StoreFault.DiskFull:
                throw new BlobStoreException("The store could not write: No space left on device. Free some space on that disk.");
            case StoreFault.Hang:
                await well;
                break;
        }
        return await inner.WriteAsync(name, write, condition, cancellationToken);
    }

    public Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken) => inner.OpenReadAsync(name, cancellationToken);

    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken) => inner.GetInfoAsync(name, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
}
