using CatGan.Abstractions.Grains;

namespace CatGan.Grains.Pool;

/// <summary>Who gets which slot, and who has it.</summary>
internal sealed partial class DevicePool
{
    private void Enqueue(Waiting waiting)
    {
        if (waiting.Request.Alone)
            _lone.Add(waiting);
        else
            _lines.Add(waiting);
    }

    private Waiting? Unqueue((string Sweep, int Experiment) key, bool keepSilo = false)
    {
        if (_lines.Remove(key) is { } waiting)
            return waiting;
        if (_lone.Find(w => w.Key == key) is not { } lone)
            return null;
        _lone.Remove(lone);
        if (!keepSilo && _book.Silos.FirstOrDefault(s => s.Reserved == key) is { } kept)
            _book.Reserve(kept, null);
        return lone;
    }

    /// <summary>An empty silo for a lone experiment; keeps one for it that is not empty yet.</summary>
    private PoolSlot? SlotForOne(Waiting waiting)
    {
        PoolSilo? silo = _book.Silos.FirstOrDefault(s => s.Reserved == waiting.Key);
        if (silo is { Leaving: true } or { Usable: 0 })
        {
            _book.Reserve(silo, null);
            silo = null;
        }
        silo ??= _book.FindForOne(waiting.Request.Avoid);
        if (silo is not null && silo.Reserved is null)
            _book.Reserve(silo, waiting.Key);
        return silo is { Held: 0 } ? silo.Free.Min : null;
    }

    private Assignment Give(PoolSlot slot, Waiting waiting, bool alone)
    {
        Assignment assignment = new(Guid.NewGuid(), waiting.Request.Sweep, waiting.Request.Experiment, slot.Key, alone);
        Hold(slot, assignment, waiting);
        OnGranted(Elapsed(waiting.Since));
        return assignment;
    }

    private bool Claim(PoolSlot slot, Assignment assignment)
    {
        if (slot.Assignment?.Id == assignment.Id)
        {
            slot.ClaimedAt = timing.Time.GetTimestamp();
            return true;
        }
        // Only a fresh pool believes a claim that it knows nothing of: later, it has taken that lease back.
        bool fresh = Elapsed(_born) < timing.Lease;
        (string Sweep, int Experiment) key = (assignment.Sweep, assignment.Experiment);
        if (!fresh || slot.Assignment is not null || _held.ContainsKey(key))
            return false;
        Hold(slot, assignment, Unqueue(key));
        return true;
    }

    private void Hold(PoolSlot slot, Assignment assignment, Waiting? waiting)
    {
        _book.Hold(slot, assignment, waiting);
        slot.ClaimedAt = timing.Time.GetTimestamp();
        _held[(assignment.Sweep, assignment.Experiment)] = slot;
        _lines.Hold(assignment.Sweep, 1, waiting?.Request.Weight ?? 1);
    }

    private void Drop(PoolSlot slot)
    {
        if (slot.Assignment is { } assignment && _held.Remove((assignment.Sweep, assignment.Experiment)))
            _lines.Hold(assignment.Sweep, -1);
        _book.Drop(slot);
    }

    private void Lift(PoolSlot slot, Assignment assignment)
    {
        slot.Assignment = assignment with { Alone = false };
        _book.Reserve(slot.Silo, null);
    }
}
