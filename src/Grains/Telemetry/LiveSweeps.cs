using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CatGan.Abstractions.Telemetry;
using CatGan.Search;
using CatGan.Training.Telemetry;

namespace CatGan.Grains.Telemetry;

/// <summary>The unfinished sweeps that live in this silo, added up: their ids are no labels. Thread-safe.</summary>
internal sealed class LiveSweeps(GrainsTiming timing)
{
    private static readonly SweepStage[] Stages = [SweepStage.Running, SweepStage.Pausing, SweepStage.Paused, SweepStage.Cancelling];
    private readonly ConcurrentDictionary<LiveSweep, bool> _entries = [];
    private readonly ConcurrentDictionary<(string Variant, string Metric), bool> _shown = [];

    /// <summary>Sweeps that wait for the store.</summary>
    public int Held => All.Count(f => f.Held);

    /// <summary>Unfinished sweeps of the whole store that did not wake when this silo last looked: damaged, or of a store that does not answer.</summary>
    public int Unreadable { get; set; }

    /// <summary>Images shown, those without a limit left out as in <see cref="Budget"/>.</summary>
    public long Images => All.Sum(f => f.Budget > 0 ? f.Images : 0);

    /// <summary>Images to show.</summary>
    public long Budget => All.Sum(f => f.Budget);

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

    /// <summary>
    /// The longest time that a sweep has shown nothing new: of those that train, and of those that only wait, which may be
    /// for others. One that is paused, or of which only paused experiments are left, is in neither.
    /// </summary>
    public IEnumerable<Measurement<double>> ProgressAges()
    {
        List<LiveSweep> all = [.. _entries.Keys];
        return [Of("running", Oldest(all, f => f.Running > 0)), Of("waiting", Oldest(all, f => f is { Running: 0, Waiting: > 0 }))];
    }

    /// <summary>The best full score by variant and objective, of unfinished sweeps and of those that ended a moment ago.</summary>
    public IEnumerable<Measurement<double>> Best()
    {
        foreach (LiveSweep over in _entries.Keys.Where(e => e.IsOver))
            _entries.TryRemove(over, out _);
        ILookup<(string Variant, string Metric), BestScore> scores = _entries.Keys.SelectMany(e => e.Best).ToLookup(s => (s.Variant, Metric(s.Objective)));
        foreach (IGrouping<(string, string), BestScore> score in scores)
            _shown.TryAdd(score.Key, true);
        // What is left out would be remembered as it last was.
        return _shown.Keys.Select(key => new Measurement<double>(
            scores[key].Any() ? scores[key].Aggregate((a, b) => a.Objective.IsBetter(b.Score, a.Score) ? b : a).Score : double.NaN,
            new(TelemetryNames.Variant, key.Variant),
            new(TelemetryNames.Metric, key.Metric)));
    }

    /// <summary>A sweep's activation begins.</summary>
    public LiveSweep Add()
    {
        LiveSweep entry = new(timing, e => _entries.TryRemove(e, out _));
        _entries.TryAdd(entry, true);
        return entry;
    }

    // A label's values must be few, whatever a spec says.
    private static string Metric(Objective objective) => TrainingMeters.Metrics.Contains(objective.Metric) ? objective.Metric : "other";

    private static double Oldest(List<LiveSweep> entries, Func<SweepFigures, bool> counts) => entries
        .Where(e => e.Figures is { Stage: SweepStage.Running } figures && counts(figures))
        .Select(e => e.Age.TotalSeconds)
        .DefaultIfEmpty(0)
        .Max();

    private static Measurement<T> Of<T>(string phase, T value)
        where T : struct => new(value, new KeyValuePair<string, object?>(TelemetryNames.Phase, phase));
}
