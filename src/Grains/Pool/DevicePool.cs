using CatGan.Abstractions.Grains;

namespace CatGan.Grains.Pool;

/// <summary>
/// The pool's bookkeeping, without grains: which slots there are, who has them and who waits. All of it is soft; the
/// workers' claims rebuild it. A request, a grant and a sign of life of one slot take logarithmic time; only
/// <see cref="Expire"/> looks at every slot.
/// </summary>
internal sealed partial class DevicePool(GrainsTiming timing)
{
    private readonly SlotBook _book = new();
    private readonly WaitingLines _lines = new();
    private readonly Dictionary<(string Sweep, int Experiment), PoolSlot> _held = [];
    private readonly List<Waiting> _lone = []; // those that must be alone: few
    private readonly HashSet<string> _unheard = [];
    private readonly long _born = timing.Time.GetTimestamp();
    private long _ticked = timing.Time.GetTimestamp();
    private long _tickets;
    private bool _heard;
    private bool _expecting;

    /// <summary>True when every worker has claimed what it has, or has had the time to.</summary>
    public bool Open => (_heard && (timing.SingleSilo || (_expecting && _unheard.Count == 0))) || Elapsed(_born) >= timing.Lease;

    /// <summary>Called at each grant with the time that its experiment has waited.</summary>
    public Action<TimeSpan> OnGranted { get; set; } = _ => { };

    /// <summary>Slots that work.</summary>
    public int Capacity => _book.Capacity;

    public int Waiting => _lines.Count + _lone.Count;

    /// <summary>Addresses of the silos that a fresh pool must hear before it knows who has what.</summary>
    public void Expect(IEnumerable<string> addresses)
    {
        if (Open)
            return;
        _unheard.Clear();
        _unheard.UnionWith(addresses.Except(_book.Silos.Select(s => s.Address).OfType<string>()));
        _expecting = true;
    }

    public void Request(SlotRequest request)
    {
        (string Sweep, int Experiment) key = (request.Sweep, request.Experiment);
        if (!_held.TryGetValue(key, out PoolSlot? slot))
        {
            Waiting? before = Unqueue(key, keepSilo: request.Alone);
            Enqueue(new Waiting(request, before?.Ticket ?? ++_tickets, before?.Since ?? timing.Time.GetTimestamp()));
        }
        else if (!request.Alone && slot.Assignment is { Alone: true })
            Lift(slot, slot.Assignment);
        _lines.Weigh(request.Sweep, request.Weight);
    }

    public Holding Withdraw(string sweep, int experiment)
    {
        Unqueue((sweep, experiment));
        return _held.ContainsKey((sweep, experiment)) ? Holding.Held : Open ? Holding.Free : Holding.Unknown;
    }

    /// <summary>Renews a silo's slots and claims.</summary>
    /// <returns>Claims that are refused: their runs must stop.</returns>
    public IReadOnlyList<Guid> Beat(WorkerBeat beat)
    {
        PoolSilo silo = _book.Silo(beat.Silo);
        (silo.Address, silo.SeenAt) = (beat.Address, timing.Time.GetTimestamp());
        List<Guid> refused = [];
        foreach (SlotClaim claim in beat.Slots)
        {
            if (silo.Leaving && claim.Claim is null)
                continue;
            PoolSlot slot = _book.Renew(silo, claim.Slot, claim.Breaker);
            if (claim.Claim is { } assignment && !Claim(slot, assignment))
                refused.Add(assignment.Id);
        }
        _heard = true;
        if (beat.Address is { } address)
            _unheard.Remove(address);
        return refused;
    }

    /// <summary>Gives the free slots away. Each grant holds its slot until it is freed, refused or lost.</summary>
    public IReadOnlyList<Assignment> Grant()
    {
        List<Assignment> grants = [];
        if (!Open)
            return grants;
        foreach (Waiting waiting in _lone.ToList())
        {
            if (SlotForOne(waiting) is { } slot && _lone.Remove(waiting))
                grants.Add(Give(slot, waiting, alone: true));
        }
        List<Waiting> passedOver = [];
        while (_book.AnyFree && _lines.Take() is { } waiting)
        {
            if (_book.Find(waiting.Request.Avoid) is { } slot)
                grants.Add(Give(slot, waiting, alone: false));
            else
                passedOver.Add(waiting);
        }
        passedOver.ForEach(_lines.Add);
        return grants;
    }

    /// <summary>A worker refused a grant: its experiment is first in the queue again, its slot unknown until the next sign of life.</summary>
    public void Refuse(Assignment assignment)
    {
        if (_book.Slot(assignment.Slot) is not { } slot || slot.Assignment?.Id != assignment.Id)
            return;
        Waiting? waiting = slot.For;
        Drop(slot);
        _book.Forget(slot);
        if (waiting is not null)
            Enqueue(waiting);
    }

    public void Free(string slotKey, Guid assignment, SlotBreaker? breaker)
    {
        if (_book.Slot(slotKey) is not { } slot)
            return;
        _book.Renew(slot.Silo, slotKey, breaker);
        if (slot.Assignment?.Id == assignment)
            Drop(slot);
    }

    public void Leave(string silo) => _book.Leave(_book.Silo(silo));

    /// <summary>Takes back what has shown no sign of life for a lease period, and all of silos that are known to be dead.</summary>
    /// <param name="dead">True for the address of a silo that membership has declared dead.</param>
    /// <returns>The assignments that are lost.</returns>
    public IReadOnlyList<Assignment> Expire(Func<string, bool>? dead = null)
    {
        // A pool that was itself frozen or starved cannot tell who is alive: everyone gets another period.
        bool late = Elapsed(_ticked) > timing.Lease / 2;
        _ticked = timing.Time.GetTimestamp();
        List<Assignment> lost = [];
        foreach (PoolSilo silo in _book.Silos.ToList())
        {
            if (late)
                silo.SeenAt = _ticked;
            bool gone = Elapsed(silo.SeenAt) >= timing.Lease || (silo.Address is { } address && dead?.Invoke(address) == true);
            foreach (PoolSlot slot in silo.Slots.Values.Where(s => s.Assignment is not null).ToList())
            {
                if (late)
                    slot.ClaimedAt = _ticked;
                if (!gone && Elapsed(slot.ClaimedAt) < timing.Lease)
                    continue;
                lost.Add(slot.Assignment!);
                Drop(slot);
            }
            if (gone)
                _book.Forget(silo);
        }
        return lost;
    }

    private TimeSpan Elapsed(long since) => timing.Time.GetElapsedTime(since);
}
