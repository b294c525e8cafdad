using CatGan.Abstractions.Grains;

namespace CatGan.Grains.Pool;

/// <summary>
/// Who waits for a slot: a line a sweep, first come first served within it. The next one comes from the line whose sweep
/// holds the fewest slots for its weight; of equals, from the one that has waited longest. Every operation takes
/// logarithmic time.
/// </summary>
internal sealed class WaitingLines
{
    private const double LeastWeight = 1e-6;
    private readonly Dictionary<string, Line> _lines = [];
    private readonly SortedSet<Line> _ready = new(Comparer<Line>.Create(Line.Compare));
    private readonly Dictionary<(string Sweep, int Experiment), Waiting> _waiting = [];

    public int Count => _waiting.Count;

    public IEnumerable<ShareView> View => _lines.Values.Select(l => new ShareView(l.Sweep, l.Weight, l.Held, l.Waiting.Count));

    public Waiting? Find((string Sweep, int Experiment) key) => _waiting.GetValueOrDefault(key);

    public void Add(Waiting waiting)
    {
        Change(waiting.Request.Sweep, line => line.Waiting.Add(waiting), waiting.Request.Weight);
        _waiting.Add(waiting.Key, waiting);
    }

    public Waiting? Remove((string Sweep, int Experiment) key)
    {
        if (_waiting.Remove(key, out Waiting? waiting))
            Change(key.Sweep, line => line.Waiting.Remove(waiting));
        return waiting;
    }

    /// <summary>Takes out who is next; null when nobody waits.</summary>
    public Waiting? Take() => _ready.Min is { } line ? Remove(line.Waiting.Min!.Key) : null;

    /// <summary>Gives a sweep that has a line another weight.</summary>
    public void Weigh(string sweep, double weight)
    {
        if (_lines.TryGetValue(sweep, out Line? known) && known.Weight != Valid(weight))
            Change(sweep, line => line.Weight = Valid(weight));
    }

    /// <summary>A sweep has got slots, or has lost them.</summary>
    public void Hold(string sweep, int change, double weight = 1) => Change(sweep, line => line.Held += change, weight);

    private static double Valid(double weight) => weight > LeastWeight && double.IsFinite(weight) ? weight : LeastWeight;

    private void Change(string sweep, Action<Line> change, double weight = 1)
    {
        if (!_lines.TryGetValue(sweep, out Line? line))
            _lines.Add(sweep, line = new Line(sweep) { Weight = Valid(weight) });
        if (line.Waiting.Count > 0)
            _ready.Remove(line);
        change(line);
        if (line.Waiting.Count > 0)
            _ready.Add(line);
        else if (line.Held <= 0)
            _lines.Remove(sweep);
    }

    private sealed class Line(string sweep)
    {
        public string Sweep { get; } = sweep;

        public double Weight { get; set; } = 1;

        public int Held { get; set; }

        public SortedSet<Waiting> Waiting { get; } = new(Comparer<Waiting>.Create((a, b) => a.Ticket.CompareTo(b.Ticket)));

        // Lines are compared only while somebody waits in them.
        public static int Compare(Line a, Line b)
        {
            int share = (a.Held / a.Weight).CompareTo(b.Held / b.Weight);
            int came = share != 0 ? share : a.Waiting.Min!.Ticket.CompareTo(b.Waiting.Min!.Ticket);
            return came != 0 ? came : string.CompareOrdinal(a.Sweep, b.Sweep);
        }
    }
}
