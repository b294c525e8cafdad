using CatGan.Abstractions.Grains;

namespace CatGan.Grains.Pool;

/// <summary>
/// Silos and slots, ordered so that the next free slot of the least busy silo is found in logarithmic time. Every change
/// of a silo goes through <see cref="Change"/>, which keeps the order.
/// </summary>
internal sealed class SlotBook
{
    private readonly Dictionary<string, PoolSilo> _silos = [];
    private readonly Dictionary<string, PoolSlot> _slots = [];
    private readonly SortedSet<PoolSilo> _open = new(Comparer<PoolSilo>.Create(PoolSilo.Compare));

    public IReadOnlyCollection<PoolSilo> Silos => _silos.Values;

    /// <summary>Slots that work, those of leaving silos included while they are held.</summary>
    public int Capacity { get; private set; }

    public bool AnyFree => _open.Min is { Free.Count: > 0 };

    public PoolSlot? Slot(string key) => _slots.GetValueOrDefault(key);

    /// <summary>The silo of this name; made when it is new.</summary>
    public PoolSilo Silo(string name)
    {
        if (!_silos.TryGetValue(name, out PoolSilo? silo))
            _silos.Add(name, silo = new PoolSilo(name));
        return silo;
    }

    /// <summary>The slot of this key, with its breaker as its worker tells it; made when it is new.</summary>
    public PoolSlot Renew(PoolSilo silo, string key, SlotBreaker? breaker)
    {
        if (_slots.TryGetValue(key, out PoolSlot? slot) && slot.Breaker == breaker)
            return slot;
        Change(silo, () =>
        {
            if (slot is null)
                _slots.Add(key, silo.Slots[key] = slot = new PoolSlot(key, silo));
            slot.Breaker = breaker;
            Shelve(slot);
        });
        return slot!;
    }

    public void Hold(PoolSlot slot, Assignment assignment, Waiting? waiting) => Change(slot.Silo, () =>
    {
        (slot.Assignment, slot.For) = (assignment, waiting);
        slot.Silo.Free.Remove(slot);
        slot.Silo.Held++;
        if (assignment.Alone)
            slot.Silo.Reserved = (assignment.Sweep, assignment.Experiment);
    });

    /// <summary>The slot has nobody any more.</summary>
    public void Drop(PoolSlot slot) => Change(slot.Silo, () =>
    {
        if (slot.Assignment is not { } assignment)
            return;
        if (slot.Silo.Reserved == (assignment.Sweep, assignment.Experiment))
            slot.Silo.Reserved = null;
        (slot.Assignment, slot.For) = (null, null);
        slot.Silo.Held--;
        Shelve(slot);
        if (slot.Silo.Leaving)
            Remove(slot);
    });

    /// <summary>The slot is not there, until its worker's next sign of life.</summary>
    public void Forget(PoolSlot slot) => Change(slot.Silo, () => Remove(slot));

    public void Forget(PoolSilo silo)
    {
        Change(silo, () => silo.Slots.Values.ToList().ForEach(Remove));
        _open.Remove(silo);
        _silos.Remove(silo.Name);
    }

    public void Leave(PoolSilo silo) => Change(silo, () =>
    {
        silo.Leaving = true;
        silo.Slots.Values.Where(s => s.Assignment is null).ToList().ForEach(Remove);
    });

    public void Reserve(PoolSilo silo, (string Sweep, int Experiment)? by) => Change(silo, () => silo.Reserved = by);

    /// <summary>
    /// A free slot of the least busy silo. One that is to be avoided comes only where no other silo works.
    /// </summary>
    public PoolSlot? Find(string? avoid)
    {
        if (avoid is null)
            return _open.Min?.Free.Min;
        string silo = SiloOf(avoid);
        if (_open.FirstOrDefault(s => s.Name != silo) is { } other)
            return other.Free.Min;
        return _open.Min is { } own ? own.Free.FirstOrDefault(s => s.Key != avoid) ?? own.Free.Min : null;
    }

    /// <summary>
    /// The silo that is soonest empty: idle, else with the fewest experiments on it. Half of the silos at most are kept
    /// for lone experiments, so that the others go on.
    /// </summary>
    public PoolSilo? FindForOne(string? avoid)
    {
        int kept = _silos.Values.Count(s => s.Reserved is not null);
        if (kept >= Math.Max(1, (kept + _open.Count) / 2))
            return null;
        string? silo = avoid is null ? null : SiloOf(avoid);
        return _open.OrderBy(s => s.Name == silo).ThenBy(s => s.Held).ThenBy(s => s.Name, StringComparer.Ordinal).FirstOrDefault();
    }

    private static string SiloOf(string slot) => slot.IndexOf('/', StringComparison.Ordinal) is > 0 and int end ? slot[..end] : slot;

    private static void Shelve(PoolSlot slot)
    {
        if (slot.Assignment is null && slot.Breaker is not { Open: true })
            slot.Silo.Free.Add(slot);
        else
            slot.Silo.Free.Remove(slot);
    }

    private void Remove(PoolSlot slot)
    {
        if (slot.Assignment is not null)
            slot.Silo.Held--;
        slot.Assignment = null;
        slot.Silo.Free.Remove(slot);
        slot.Silo.Slots.Remove(slot.Key);
        _slots.Remove(slot.Key);
    }

    private void Change(PoolSilo silo, Action change)
    {
        _open.Remove(silo);
        Capacity -= silo.Usable;
        change();
        Capacity += silo.Usable;
        silo.Load = silo.Usable > 0 ? (double)silo.Held / silo.Usable : 1;
        if (silo.IsOpen)
            _open.Add(silo);
    }
}
