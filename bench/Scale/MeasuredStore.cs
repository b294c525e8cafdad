using System.Diagnostics;
using System.Globalization;
using CatGan.Abstractions;
using CatGan.Storage;

namespace CatGan.Bench.Scale;

/// <summary>A store that times the batches of a journal on their way through it, and can make each one slower.</summary>
internal sealed class MeasuredStore(IBlobStore store, TimeSpan flushDelay) : IBlobStore
{
    private long _flushes;
    private long _ticks;

    public string Uri => store.Uri;

    /// <summary>Batches written.</summary>
    public long Flushes => Interlocked.Read(ref _flushes);

    /// <summary>Mean time that a batch took, the added delay included.</summary>
    public double MeanFlushMs => Flushes == 0 ? 0 : TimeSpan.FromTicks(Interlocked.Read(ref _ticks)).TotalMilliseconds / Flushes;

    /// <summary>Counts from here.</summary>
    public void Reset()
    {
        Interlocked.Exchange(ref _flushes, 0);
        Interlocked.Exchange(ref _ticks, 0);
    }

    public Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken) => store.OpenReadAsync(name, cancellationToken);

    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken) => store.GetInfoAsync(name, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => store.DeleteAsync(name, cancellationToken);

    public async Task<BlobVersion?> WriteAsync(string name, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken)
    {
        // Away from the grain that calls: on its scheduler, each of these steps would wait for the reports in its queue.
        if (!IsBatch(name))
            return await store.WriteAsync(name, write, condition, cancellationToken).ConfigureAwait(false);
        long started = Stopwatch.GetTimestamp();
        BlobVersion? version = await store.WriteAsync(name, write, condition, cancellationToken).ConfigureAwait(false);
        // A thread that waits, as one does for a slow disk: a timer of 5 ms takes up to 8.
        if (flushDelay > TimeSpan.Zero)
            await Task.Run(() => cancellationToken.WaitHandle.WaitOne(flushDelay), cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _flushes);
        Interlocked.Add(ref _ticks, Stopwatch.GetElapsedTime(started).Ticks);
        return version;
    }

    private static bool IsBatch(string name) =>
        name.StartsWith(StoreLayout.SweepsPrefix, StringComparison.Ordinal)
        && Path.GetFileName(Path.GetDirectoryName(name)) == "journal"
        && long.TryParse(Path.GetFileName(name), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
