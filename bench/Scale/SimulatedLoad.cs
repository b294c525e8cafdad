using System.Collections.Immutable;
using System.Diagnostics;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;

namespace CatGan.Bench.Scale;

/// <summary>What all simulated slots count together. Thread-safe.</summary>
internal sealed class SimulatedLoad(int experiments, bool live)
{
    /// <summary>Processor time is read after each so many experiments.</summary>
    private const int CpuEvery = 500;

    private readonly int[] _starts = new int[experiments + 1];
    private readonly long[] _endedAt = new long[experiments];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _ended;
    private readonly TimeSpan[] _cpuAt = new TimeSpan[(experiments / CpuEvery) + 1];
    private long _firstStart;

    /// <summary>True to send each report's live progress too, as training does, beside what is journaled.</summary>
    public bool Live => live;

    /// <summary>How long the answers to rungs took.</summary>
    public Latencies Rungs { get; } = new();

    /// <summary>Completes when every experiment has ended.</summary>
    public Task Done => _done.Task;

    /// <summary>Experiments that did not start exactly once.</summary>
    public int Repeated => _starts.Skip(1).Count(n => n != 1);

    /// <summary>Experiments that ended.</summary>
    public int EndedCount => Volatile.Read(ref _ended);

    public static ImmutableSortedDictionary<string, double> Scores(AttemptOrder order, long images) =>
        ImmutableSortedDictionary<string, double>.Empty.Add("swd", 1.0 / order.Experiment + 1.0 / images);

    public static CurvePoint Point(long images, ImmutableSortedDictionary<string, double> scores) => new()
    {
        Images = images,
        Updates = images / 64,
        ImagesPerSecond = 1000,
        Full = true,
        Scores = scores.ToImmutableSortedDictionary(s => s.Key, s => new Score(s.Value, 0, 0, 1, 1)),
    };

    public void Started(AttemptOrder order)
    {
        if (Interlocked.CompareExchange(ref _firstStart, Stopwatch.GetTimestamp(), 0) == 0)
            _cpuAt[0] = Environment.CpuUsage.TotalTime;
        Interlocked.Increment(ref _starts[order.Experiment]);
    }

    public void Ended()
    {
        int ended = Interlocked.Increment(ref _ended);
        if (ended <= experiments)
            _endedAt[ended - 1] = Stopwatch.GetTimestamp();
        if (ended % CpuEvery == 0 && ended <= experiments)
            _cpuAt[ended / CpuEvery] = Environment.CpuUsage.TotalTime;
        if (ended == experiments)
            _done.TrySetResult();
    }

    /// <summary>Experiments a second between the ends of two of them, counted from 0 for the first start.</summary>
    public double Rate(int from, int to) =>
        (to - from) / Stopwatch.GetElapsedTime(from == 0 ? _firstStart : _endedAt[from - 1], _endedAt[to - 1]).TotalSeconds;

    /// <summary>Processor time of the whole process an experiment between two of them, in microseconds; both are multiples of 500.</summary>
    public double CpuMicroseconds(int from, int to) =>
        from < to ? (_cpuAt[to / CpuEvery] - _cpuAt[from / CpuEvery]).TotalMicroseconds / (to - from) : 0;
}
