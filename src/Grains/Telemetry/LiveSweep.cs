using CatGan.Search;

namespace CatGan.Grains.Telemetry;

/// <summary>One activation of a sweep among <see cref="LiveSweeps"/>; disposed of when it ends. Thread-safe.</summary>
internal sealed class LiveSweep(GrainsTiming timing, Action<LiveSweep> forget) : IDisposable
{
    // Longer than any two fetches are apart: the last scores come with the end.
    private static readonly TimeSpan ShownAfterEnd = TimeSpan.FromMinutes(10);
    private readonly Lock _gate = new();
    private long? _reportedAt;
    private DateTimeOffset? _endedAt;
    private IReadOnlyList<BestScore> _best = [];
    private bool _closed;

    /// <summary>What it shows; null before it is submitted and after its end.</summary>
    public SweepFigures? Figures { get; private set; }

    /// <summary>Its best scores by variant; none when it has been over for a while.</summary>
    public IReadOnlyList<BestScore> Best
    {
        get
        {
            lock (_gate)
                return timing.Now - _endedAt >= ShownAfterEnd ? [] : _best;
        }
    }

    /// <summary>
    /// How long it has shown nothing new: by its journal, so that an activation elsewhere goes on counting, or by the
    /// reports, of which only this one has heard.
    /// </summary>
    public TimeSpan Age
    {
        get
        {
            TimeSpan journaled = Figures is { } figures && timing.Now > figures.ProgressAt ? timing.Now - figures.ProgressAt : TimeSpan.Zero;
            lock (_gate)
                return _reportedAt is { } at && timing.Time.GetElapsedTime(at) is var reported && reported < journaled ? reported : journaled;
        }
    }

    /// <summary>True when nothing of it is to be shown any more.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
                return _closed && !(timing.Now - _endedAt < ShownAfterEnd);
        }
    }

    /// <summary>Shows where it stands.</summary>
    /// <param name="figures">Null before it is submitted and after its end.</param>
    /// <param name="endedAt">When it came to its end; null before.</param>
    /// <param name="best">Its best scores by variant.</param>
    public void Show(SweepFigures? figures, DateTimeOffset? endedAt, IReadOnlyList<BestScore> best)
    {
        Figures = figures;
        lock (_gate)
            (_endedAt, _best) = (endedAt, best);
    }

    /// <summary>A running attempt reported.</summary>
    public void Reported()
    {
        lock (_gate)
            _reportedAt = timing.Time.GetTimestamp();
    }

    public void Dispose()
    {
        Figures = null;
        lock (_gate)
            _closed = true;
        if (IsOver)
            forget(this);
    }
}

/// <summary>What one sweep adds to the sums.</summary>
internal sealed record SweepFigures(SweepStage Stage, bool Held, int Waiting, int Running, int Paused, long Images, long Budget, DateTimeOffset ProgressAt);

/// <summary>The best full score of a variant in a sweep.</summary>
internal sealed record BestScore(string Variant, Objective Objective, double Score);
