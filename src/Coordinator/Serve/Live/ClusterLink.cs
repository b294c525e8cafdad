using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>
/// The one connection to the silos that all requests share. It is looked for when it is needed, dropped when it fails,
/// and may be absent: what only reads goes on without.
/// </summary>
internal sealed class ClusterLink(IClusterDoor door, IBlobStore store, TimeProvider time, ServeOptions options, App.Surroundings surroundings) : ISilos
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim joining = new(1);
    private readonly CancellationTokenSource end = new();
    private readonly Lock guard = new();
    private Task<ICluster?>? finding;
    private ICluster? current;
    private long? failedAt;
    private bool disposed;

    /// <summary>The connection as it is now, without looking for one; null when there is none.</summary>
    public ICluster? Current
    {
        get
        {
            lock (guard)
                return current;
        }
    }

    /// <inheritdoc/>
    public async Task<ICluster?> FindAsync(CancellationToken cancellationToken)
    {
        Task<ICluster?> search;
        lock (guard)
        {
            if (current is not null)
                return current;
            if (failedAt is { } at && time.GetElapsedTime(at) < AskAgain)
                return null;
            search = finding ??= Background.Run(SearchAsync);
        }
        await ((Task)search).WaitAsync(Patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return search.IsCompletedSuccessfully ? await search : null;
    }

    /// <inheritdoc/>
    public async Task<ICluster> JoinAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } found)
            return found;
        await joining.WaitAsync(cancellationToken);
        try
        {
            lock (guard)
            {
                if (current is not null)
                    return current;
            }
            ICluster joined = await Background.Run(() => door.JoinAsync(StoreOpener.Absolute(surroundings, options.StoreUri), store, options.Wishes, cancellationToken));
            return await KeepAsync(joined);
        }
        finally
        {
            joining.Release();
        }
    }

    /// <summary>Asks the silos something that only reads; null when they do not answer.</summary>
    public async Task<T?> AskAsync<T>(Func<ICluster, Task<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        if (await FindAsync(cancellationToken) is not { } cluster)
            return null;
        try
        {
            return await ask(cluster);
        }
        catch (Exception fault) when (SiloLoss.Is(fault))
        {
            await DropAsync(cluster);
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<T> TellAsync<T>(Func<ICluster, Task<T>> tell, CancellationToken cancellationToken)
    {
        ICluster cluster = await JoinAsync(cancellationToken);
        try
        {
            return await tell(cluster);
        }
        catch (Exception fault) when (SiloLoss.Is(fault))
        {
            await DropAsync(cluster);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Under two names in the services, so disposed of twice.
        if (Interlocked.Exchange(ref disposed, true))
            return;
        await end.CancelAsync();
        if (current is { } cluster)
            await cluster.DisposeAsync();
        joining.Dispose();
        end.Dispose();
    }

    private async Task<ICluster?> SearchAsync()
    {
        ICluster? found = null;
        try
        {
            found = await door.FindAsync(store, end.Token);
            return found is null ? null : await KeepAsync(found);
        }
        finally
        {
            lock (guard)
            {
                finding = null;
                failedAt = found is null ? time.GetTimestamp() : null;
            }
        }
    }

    // Who comes second, because one searched while another joined, takes what the first has found.
    private async Task<ICluster> KeepAsync(ICluster cluster)
    {
        ICluster kept;
        lock (guard)
        {
            failedAt = null;
            kept = current ??= cluster;
        }
        if (kept != cluster)
            await cluster.DisposeAsync();
        return kept;
    }

    private async Task DropAsync(ICluster cluster)
    {
        lock (guard)
        {
            if (current != cluster)
                return;
            current = null;
        }
        await cluster.DisposeAsync();
    }
}
