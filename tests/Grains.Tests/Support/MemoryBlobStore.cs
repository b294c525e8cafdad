using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CatGan.Storage;

namespace CatGan.Grains.Tests.Support;

/// <summary>A store in memory, whose writes a test can watch, hold and break.</summary>
internal sealed class MemoryBlobStore(TimeProvider? time = null) : IBlobStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (byte[] Content, string Tag, DateTimeOffset At)> _blobs = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = New();
    private long _tags;

    public string Uri => "memory:";

    /// <summary>Called before each write; may wait or throw.</summary>
    public Func<string, Task> BeforeWrite { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called before a blob is opened; may wait or throw.</summary>
    public Func<string, Task> BeforeRead { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called before each deletion; may wait or throw.</summary>
    public Func<string, Task> BeforeDelete { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called after each write that happened; may throw, as a lost answer does.</summary>
    public Func<string, Task> AfterWrite { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<string> Names(string prefix = "")
    {
        lock (_lock)
            return [.. _blobs.Keys.Where(n => n.StartsWith(prefix, StringComparison.Ordinal))];
    }

    public string? Text(string name)
    {
        lock (_lock)
            return _blobs.TryGetValue(name, out var blob) ? System.Text.Encoding.UTF8.GetString(blob.Content) : null;
    }

    /// <summary>Changes a blob's content behind everybody's back.</summary>
    public void Change(string name, Func<byte[], byte[]> change)
    {
        lock (_lock)
            _blobs[name] = (change([.. _blobs[name].Content]), $"{++_tags}", _blobs[name].At);
    }

    public void Damage(string name)
    {
        lock (_lock)
            _blobs[name] = (RandomNumberGenerator.GetBytes(10), $"{++_tags}", _blobs[name].At);
    }

    /// <summary>Waits for a state of the store, woken by its writes and deletions.</summary>
    public Task UntilAsync(Func<bool> state) => UntilAsync(() => Task.FromResult(state()));

    /// <summary>Waits for a state of the store, woken by its writes and deletions.</summary>
    public async Task UntilAsync(Func<Task<bool>> state)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = _changed.Task;
            if (await state())
                return;
            await changed.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public async Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        await BeforeRead(name);
        lock (_lock)
        {
            return _blobs.TryGetValue(name, out var blob)
                ? new BlobReading(new MemoryStream(blob.Content), Info(name, blob))
                : null;
        }
    }

    public async Task<BlobVersion?> WriteAsync(string name, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken)
    {
        await BeforeWrite(name);
        cancellationToken.ThrowIfCancellationRequested();
        using MemoryStream content = new();
        await write(content, cancellationToken);
        BlobVersion version;
        lock (_lock)
        {
            bool there = _blobs.TryGetValue(name, out var blob);
            if (condition.MustBeAbsent ? there : condition.MustBe is { } must && (!there || must.Tag != blob.Tag))
                return null;
            version = new BlobVersion($"{++_tags}");
            _blobs[name] = (content.ToArray(), version.Tag, (time ?? TimeProvider.System).GetUtcNow());
        }
        Wake();
        await AfterWrite(name);
        return version;
    }

    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_blobs.TryGetValue(name, out var blob) ? Info(name, blob) : null);
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<BlobInfo> found;
        lock (_lock)
            found = [.. _blobs.Where(b => b.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(b => Info(b.Key, b.Value))];
        foreach (BlobInfo info in found)
        {
            await Task.CompletedTask;
            yield return info;
        }
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await BeforeDelete(name);
        bool removed;
        lock (_lock)
            removed = _blobs.Remove(name);
        Wake();
        return removed;
    }

    private static BlobInfo Info(string name, (byte[] Content, string Tag, DateTimeOffset At) blob) =>
        new(name, blob.Content.Length, new BlobVersion(blob.Tag), blob.At);

    private void Wake()
    {
        TaskCompletionSource changed;
        lock (_lock)
            (changed, _changed) = (_changed, New());
        changed.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
