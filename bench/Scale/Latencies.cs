using System.Diagnostics;

namespace CatGan.Bench.Scale;

/// <summary>How long many calls took, counted in steps of 20 microseconds up to 2 seconds. Thread-safe; costs the same however many.</summary>
internal sealed class Latencies
{
    private const double MicrosecondsAStep = 20;
    private readonly long[] _steps = new long[100_000];
    private long _count;
    private long _longest;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>The longest, in milliseconds.</summary>
    public double LongestMs => TimeSpan.FromTicks(Interlocked.Read(ref _longest)).TotalMilliseconds;

    /// <summary>Counts one that began at this timestamp and has just ended.</summary>
    public void Add(long started)
    {
        TimeSpan taken = Stopwatch.GetElapsedTime(started);
        int step = (int)Math.Min(_steps.Length - 1, taken.TotalMicroseconds / MicrosecondsAStep);
        Interlocked.Increment(ref _steps[step]);
        Interlocked.Increment(ref _count);
        for (long seen = _longest; taken.Ticks > seen; seen = _longest)
            Interlocked.CompareExchange(ref _longest, taken.Ticks, seen);
    }

    /// <summary>The time in milliseconds that this share of all stayed below.</summary>
    public double Percentile(double share)
    {
        long wanted = (long)Math.Ceiling(share * Count), seen = 0;
        for (int step = 0; step < _steps.Length; step++)
        {
            seen += _steps[step];
            if (seen >= wanted)
                return (step + 1) * MicrosecondsAStep / 1000;
        }
        return LongestMs;
    }
}
