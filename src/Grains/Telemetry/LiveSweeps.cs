using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CatGan.Abstractions.Telemetry;
using CatGan.Search;

namespace CatGan.Grains.Telemetry;

/// <summary>The unfinished sweeps that live in this silo, added up: their ids are no labels. Thread-safe.</summary>
internal sealed class LiveSweeps(GrainsTiming timing)
{
    private static readonly SweepStage[] Stages = [SweepStage.Running, SweepStage.Pausing, SweepStage.Paused, SweepStage.Cancelling];
    private readonly ConcurrentDictionary<Entry, bool> _entries = [];

    /// <summary>Sweeps that wait for the store.</summary>
    public int Held => All.Count(f => f.Held);

    /// <summary>Images shown, those without a limit left out as in <see cref="Budget"/>.</summary>
    public long Images => All.Sum(f => f.Budget > 0 ? f.Images : 0);

    /// <summary>Images to show.</summary>
    public long Budget => All.Sum(f => f.Budget);

    /// <summary>The longest time that a running sweep has shown nothing new; zero where none runs.</summary>
    public TimeSpan ProgressAge => _entries.Keys
        .Where(e => e.Figures is { Stage: SweepStage.Running })
        .Select(e => timing.Time.GetElapsedTime(e.ProgressAt))
        .DefaultIfEmpty(TimeSpan.Zero)
        .Max();

    private IEnumerable<SweepFigures> All => _entries.Keys.Select(e => e.Figures).OfType<SweepFigures>();

    /// <summary>Sweeps by phase.</summary>
    public IEnumerable<Measurement<int>> Phases()
    {
        List<SweepFigures> all = [.. All];
        return Stages.Select(s => Of(GrainsMeters.Word(s), all.Count(f => f.Stage == s)));
    }

    /// <summary>Experiments by phase.</summary>
    public IEnumerable<Measurement<int>> Experiments()
    {
        List<SweepFigures> all = [.. All];
        return [Of("waiting", all.Sum(f => f.Waiting)), Of("running", all.Sum(f => f.Running)), Of("paused", all.Sum(f => f.Paused))];
    }

    /// <summary>A sweep's activation begins.</summary>
    public Entry Add()
    {
        Entry entry = new(this);
        _entries.TryAdd(entry, true);
        entry.Progressed();
        return entry;
    }

    private static Measurement<int> Of(string phase, int count) => new(count, new KeyValuePair<string, object?>(TelemetryNames.Phase, phase));

    /// <summary>One activation of a sweep; disposed of when it ends.</summary>
    internal sealed class Entry(LiveSweeps owner) : IDisposable
    {
        private long _progressAt;

        /// <summary>What it shows; null before it is submitted and after its end.</summary>
        public SweepFigures? Figures { get; set; }

        public long ProgressAt => Volatile.Read(ref _progressAt);

        public void Progressed() => Volatile.Write(ref _progressAt, owner.Now);

        public void Dispose() => owner._entries.TryRemove(this, out _);
    }

    private long Now => timing.Time.GetTimestamp();
}

/// <summary>What one sweep adds to the sums.</summary>
internal sealed record SweepFigures(SweepStage Stage, bool Held, int Waiting, int Running, int Paused, long Images, long Budget);
