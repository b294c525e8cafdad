using CatGan.Abstractions.Grains;

namespace CatGan.Grains.Workers;

/// <summary>
/// Keeps a slot whose machine fails everything from taking one experiment after the other. After some different
/// experiments that threw in a row it opens: the pool gives the slot nothing. After a while it lets one through; when
/// that one throws too, it opens again for twice as long, and any other end closes it. Soft: a silo that starts anew
/// starts with closed ones. Thread-safe.
/// </summary>
internal sealed class CircuitBreaker(GrainsTiming timing)
{
    /// <summary>Different experiments in a row that must fail until it opens.</summary>
    public const int MostFailures = 3;

    private readonly Lock _lock = new();
    private readonly HashSet<(string Sweep, int Experiment)> _failed = [];
    private DateTimeOffset? _until;
    private TimeSpan _pause = timing.BreakerPause;
    private string _reason = "";

    /// <summary>As the pool sees it; null while nothing has failed.</summary>
    public SlotBreaker? State
    {
        get
        {
            lock (_lock)
            {
                if (_failed.Count == 0)
                    return null;
                bool open = _until is { } until && timing.Now < until;
                return new SlotBreaker(open, _failed.Count, open ? _until : null, _reason);
            }
        }
    }

    /// <summary>An attempt threw.</summary>
    /// <returns>For how long it opens; null when it does not.</returns>
    public TimeSpan? Failed(string sweep, int experiment, string reason)
    {
        lock (_lock)
        {
            _failed.Add((sweep, experiment));
            _reason = reason;
            if (_until is null && _failed.Count < MostFailures)
                return null;
            TimeSpan pause = _pause;
            _until = timing.Now + pause;
            _pause = pause * 2 < timing.LongestBreakerPause ? pause * 2 : timing.LongestBreakerPause;
            return pause;
        }
    }

    /// <summary>An attempt came to an end of its own.</summary>
    /// <returns>True when it had been open.</returns>
    public bool Succeeded()
    {
        lock (_lock)
        {
            bool was = _until is not null;
            _failed.Clear();
            (_until, _pause, _reason) = (null, timing.BreakerPause, "");
            return was;
        }
    }
}
