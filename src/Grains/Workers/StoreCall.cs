namespace CatGan.Grains.Workers;

/// <summary>Calls of the store with a time limit: one that hangs is abandoned, whether it heeds its cancellation or not.</summary>
internal static class StoreCall
{
    private const double SlowestBytesPerSecond = 1 << 20;

    /// <summary>How long a transfer may take: the usual limit, and a second for each MiB.</summary>
    public static TimeSpan LimitFor(long bytes, GrainsTiming timing) => timing.StoreTimeout + TimeSpan.FromSeconds(bytes / SlowestBytesPerSecond);

    /// <summary>Makes the call.</summary>
    /// <exception cref="TimeoutException">It took longer than <paramref name="limit"/>; what became of it is unknown.</exception>
    public static async Task<T> WithinAsync<T>(
        TimeSpan limit, GrainsTiming timing, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(limit, timing.Time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        Task<T> calling = call(both.Token);
        try
        {
            return await calling.WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Nobody waits for it any more; what it throws later is of no interest.
            calling.Ignore();
            throw new TimeoutException($"the store did not answer within {limit.TotalSeconds:0} s");
        }
    }

    /// <summary>Makes the call.</summary>
    /// <exception cref="TimeoutException">It took longer than <paramref name="limit"/>; what became of it is unknown.</exception>
    public static Task WithinAsync(TimeSpan limit, GrainsTiming timing, Func<CancellationToken, Task> call, CancellationToken cancellationToken) =>
        WithinAsync(limit, timing, async token =>
        {
            await call(token);
            return true;
        }, cancellationToken);
}
