using CatGan.Abstractions.Grains;

namespace CatGan.Grains.Pool;

/// <summary>
/// The pool's bookkeeping, without grains: which slots there are, who has them and who waits. All of it is soft; the
/// workers' claims rebuild it.
/// </summary>
internal sealed class DevicePool(GrainsTiming timing)
{
    private readonly Dictionary<string, Slot> _slots = [];
    private readonly Dictionary<(string Sweep, int Experiment), Slot> _held = [];
    private readonly LinkedList<(string Sweep, int Experiment)> _queue = new();
    private readonly HashSet<(string Sweep, int Experiment)> _queued = [];
    private readonly HashSet<string> _leaving = [];
    private readonly long _born = timing.Time.GetTimestamp();
    private long _ticked = timing.Time.GetTimestamp();
    private bool _heard;

    /// <summary>True when every worker has had the time to claim what it has.</summary>
    public bool Open => (timing.SingleSilo && _heard) || Elapsed(_born) >= timing.Lease;

    public int Capacity => _slots.Count;

    public int Waiting => _queue.Count;

    public void Request(string sweep, int experiment)
    {
        var key = (sweep, experiment);
        if (!_held.ContainsKey(key) && _queued.Add(key))
            _queue.AddLast(key);
    }

    public Holding Withdraw(string sweep, int experiment)
    {
        var key = (sweep, experiment);
        if (_queued.Remove(key))
            _queue.Remove(key);
        return _held.ContainsKey(key) ? Holding.Held : Open ? Holding.Free : Holding.Unknown;
    }

    /// <summary>Renews a silo's slots and claims.</summary>
    /// <returns>Claims that are refused: their runs must stop.</returns>
    public IReadOnlyList<Guid> Beat(WorkerBeat beat)
    {
        List<Guid> refused = [];
        foreach (SlotClaim claim in beat.Slots)
        {
            Slot slot = Renew(beat.Silo, claim.Slot);
            if (claim.Claim is { } assignment && !Claim(slot, assignment))
                refused.Add(assignment.Id);
        }
        _heard = true;
        return refused;
    }

    /// <summary>Gives the free slots to those who wait longest. Each grant holds its slot until it is freed, refused or lost.</summary>
    public IReadOnlyList<Assignment> Grant()
    {
        List<Assignment> grants = [];
        if (!Open)
            return grants;
        foreach (Slot slot in _slots.Values.Where(s => s.Assignment is null && !_leaving.Contains(s.Silo)).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            if (_queue.First is not { } first)
                break;
            _queue.RemoveFirst();
            _queued.Remove(first.Value);
            Assignment assignment = new(Guid.NewGuid(), first.Value.Sweep, first.Value.Experiment, slot.Key);
            Hold(slot, assignment);
            grants.Add(assignment);
        }
        return grants;
    }

    /// <summary>A worker refused a grant: its experiment is first in the queue again, its slot unknown until the next sign of life.</summary>
    public void Refuse(Assignment assignment)
    {
        if (!_slots.TryGetValue(assignment.Slot, out Slot? slot) || slot.Assignment?.Id != assignment.Id)
            return;
        Remove(slot);
        var key = (assignment.Sweep, assignment.Experiment);
        if (_queued.Add(key))
            _queue.AddFirst(key);
    }

    public void Free(string slotKey, Guid assignment)
    {
        if (_slots.TryGetValue(slotKey, out Slot? slot) && slot.Assignment?.Id == assignment)
            Drop(slot);
    }

    public void Leave(string silo)
    {
        _leaving.Add(silo);
        foreach (Slot slot in _slots.Values.Where(s => s.Silo == silo && s.Assignment is null).ToList())
            _slots.Remove(slot.Key);
    }

    /// <summary>Takes back what has shown no sign of life for a lease period.</summary>
    /// <returns>The assignments that are lost.</returns>
    public IReadOnlyList<Assignment> Expire()
    {
        // A pool that was itself frozen or starved cannot tell who is alive: everyone gets another period.
        bool late = Elapsed(_ticked) > 2 * timing.BeatEvery;
        _ticked = timing.Time.GetTimestamp();
        List<Assignment> lost = [];
        foreach (Slot slot in _slots.Values.ToList())
        {
            if (late)
                (slot.SeenAt, slot.ClaimedAt) = (_ticked, _ticked);
            bool gone = Elapsed(slot.SeenAt) >= timing.Lease;
            if (slot.Assignment is { } assignment && (gone || Elapsed(slot.ClaimedAt) >= timing.Lease))
            {
                lost.Add(assignment);
                Drop(slot);
            }
            if (gone)
                _slots.Remove(slot.Key);
        }
        return lost;
    }

    private Slot Renew(string silo, string key)
    {
        if (!_slots.TryGetValue(key, out Slot? slot))
            _slots.Add(key, slot = new Slot(key, silo));
        slot.SeenAt = timing.Time.GetTimestamp();
        return slot;
    }

    private bool Claim(Slot slot, Assignment assignment)
    {
        if (slot.Assignment?.Id == assignment.Id)
        {
            slot.ClaimedAt = timing.Time.GetTimestamp();
            return true;
        }
        // Only a fresh pool believes a claim that it knows nothing of: later, it has taken that lease back.
        bool fresh = Elapsed(_born) < timing.Lease;
        var key = (assignment.Sweep, assignment.Experiment);
        if (!fresh || slot.Assignment is not null || _held.ContainsKey(key))
            return false;
        if (_queued.Remove(key))
            _queue.Remove(key);
        Hold(slot, assignment);
        return true;
    }

    private void Hold(Slot slot, Assignment assignment)
    {
        slot.Assignment = assignment;
        slot.ClaimedAt = timing.Time.GetTimestamp();
        _held[(assignment.Sweep, assignment.Experiment)] = slot;
    }

    private void Drop(Slot slot)
    {
        if (slot.Assignment is { } assignment)
            _held.Remove((assignment.Sweep, assignment.Experiment));
        slot.Assignment = null;
        if (_leaving.Contains(slot.Silo))
            _slots.Remove(slot.Key);
    }

    private void Remove(Slot slot)
    {
        Drop(slot);
        _slots.Remove(slot.Key);
    }

    private TimeSpan Elapsed(long since) => timing.Time.GetElapsedTime(since);

    private sealed class Slot(string key, string silo)
    {
        public string Key { get; } = key;

        public string Silo { get; } = silo;

        public long SeenAt { get; set; }

        public long ClaimedAt { get; set; }

        public Assignment? Assignment { get; set; }
    }
}
