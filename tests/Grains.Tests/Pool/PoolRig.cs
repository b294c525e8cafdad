using CatGan.Abstractions.Grains;
using CatGan.Grains.Pool;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Grains.Tests.Pool;

/// <summary>A pool with silos that beat when they are told to; every grant is claimed until it is freed.</summary>
internal sealed class PoolRig
{
    private readonly Dictionary<string, string[]> _silos = [];
    private readonly Dictionary<string, SlotBreaker> _breakers = [];
    private readonly Dictionary<string, Assignment> _running = [];

    public PoolRig() => Pool = new DevicePool(Timing);

    public FakeTimeProvider Time { get; } = new();

    public GrainsTiming Timing => new() { Time = Time, SingleSilo = true };

    public DevicePool Pool { get; private set; }

    /// <summary>What runs where, as silo:sweep/experiment.</summary>
    public IEnumerable<string> Running => _running.Values.Select(a => $"{a.Slot.Split('/')[0]}:{a.Sweep}/{a.Experiment}").Order(StringComparer.Ordinal);

    public void Silo(string name, int slots)
    {
        _silos[name] = [.. Enumerable.Range(0, slots).Select(n => $"{name}/cpu/{n}")];
        Beat(name);
    }

    public void Beat(string name) => Pool.Beat(new WorkerBeat(
        name, [.. _silos[name].Select(s => new SlotClaim(s, _running.GetValueOrDefault(s), _breakers.GetValueOrDefault(s)))], $"address of {name}"));

    public void Break(string slot, bool open = true)
    {
        _breakers[slot] = new SlotBreaker(open, 3, null, "no kernel image");
        Beat(slot.Split('/')[0]);
    }

    /// <summary>The pool's silo is gone: a fresh one knows nothing but what the workers tell it.</summary>
    public void Move() => Pool = new DevicePool(Timing);

    public void Request(string sweep, int experiment, double weight = 1, bool alone = false, string? avoid = null) =>
        Pool.Request(new SlotRequest(sweep, experiment, weight, alone, avoid));

    public IReadOnlyList<Assignment> Grant()
    {
        IReadOnlyList<Assignment> grants = Pool.Grant();
        foreach (Assignment grant in grants)
            _running.Add(grant.Slot, grant);
        return grants;
    }

    public void Free(string sweep, int experiment)
    {
        Assignment over = _running.Values.Single(a => a.Sweep == sweep && a.Experiment == experiment);
        _running.Remove(over.Slot);
        Pool.Free(over.Slot, over.Id, _breakers.GetValueOrDefault(over.Slot));
    }

    public void Gone(string silo)
    {
        foreach (string slot in _silos[silo])
            _running.Remove(slot);
        _silos.Remove(silo);
    }
}
