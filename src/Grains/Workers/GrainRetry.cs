using Microsoft.Extensions.Logging;

namespace CatGan.Grains.Workers;

/// <summary>Makes a grain call again until it is answered. Only for calls that may be made twice.</summary>
internal sealed class GrainRetry(GrainsTiming timing, ILogger<GrainRetry> log)
{
    private const int LongestDoubling = 20;

    public async Task<T> CallAsync<T>(string what, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (TimeSpan wait = timing.RetryAfter; ; wait = Min(wait * 2, timing.RetryAfter * LongestDoubling))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await call();
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                log.LogWarning("{What} was not answered ({Fault}); again in {Wait}.", what, fault.Message, wait);
            }
            await Task.Delay(wait, timing.Time, cancellationToken);
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
