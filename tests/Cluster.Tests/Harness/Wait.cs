using System.Diagnostics;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>Waits for what other processes do. They have no event to wait for, so it looks again and again until it is so.</summary>
internal static class Wait
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns the seconds that it took; fails with what everybody said when it takes too long.</summary>
    public static async Task<double> UntilAsync(string what, Func<Task<bool>> so, TimeSpan within, Func<string> tell)
    {
        long start = Stopwatch.GetTimestamp();
        Exception? fault = null;
        using PeriodicTimer look = new(Every, TimeProvider.System);
        while (true)
        {
            try
            {
                if (await so())
                    return Stopwatch.GetElapsedTime(start).TotalSeconds;
                fault = null;
            }
            catch (Exception unreadable) when (unreadable is not Xunit.Sdk.IAssertionException)
            {
                // What is being killed and damaged may be unreadable for a moment.
                fault = unreadable;
            }
            if (Stopwatch.GetElapsedTime(start) > within)
                throw new TimeoutException($"It did not become so within {within.TotalSeconds:0} s: {what}.{(fault is null ? "" : $" The last look failed: {fault.Message}")}\n{tell()}");
            await look.WaitForNextTickAsync();
        }
    }
}
