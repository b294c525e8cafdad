using CatGan.Abstractions.Grains;

namespace CatGan.Grains.Pool;

/// <summary>The pool as people see it.</summary>
internal sealed partial class DevicePool
{
    public PoolView View() => new(
        Open,
        [.. _book.Silos.OrderBy(s => s.Name, StringComparer.Ordinal).Select(View)],
        [.. _lines.View.OrderBy(s => s.Sweep, StringComparer.Ordinal)]);

    private SiloSlots View(PoolSilo silo) => new()
    {
        Silo = silo.Name,
        Address = silo.Address,
        SeenAgo = Elapsed(silo.SeenAt),
        Leaving = silo.Leaving,
        Alone = silo.Reserved is { } by ? ExperimentKey.Of(by.Sweep, by.Experiment) : null,
        Slots = [.. silo.Slots.Values.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new SlotView(s.Key, s.Assignment, s.Breaker))],
    };
}
