using CatGan.Abstractions.Grains;

namespace CatGan.Grains.Pool;

/// <summary>A silo and its slots, as the pool keeps them.</summary>
internal sealed class PoolSilo(string name)
{
    public string Name { get; } = name;

    /// <summary>Its address in the cluster; null when it told none.</summary>
    public string? Address { get; set; }

    /// <summary>When it last showed a sign of life.</summary>
    public long SeenAt { get; set; }

    public bool Leaving { get; set; }

    /// <summary>The experiment that has it for itself, or will when it is empty.</summary>
    public (string Sweep, int Experiment)? Reserved { get; set; }

    public Dictionary<string, PoolSlot> Slots { get; } = [];

    /// <summary>Slots that can be given away: nobody has them, and their breakers let something through.</summary>
    public SortedSet<PoolSlot> Free { get; } = new(Comparer<PoolSlot>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key)));

    /// <summary>Slots that somebody has.</summary>
    public int Held { get; set; }

    /// <summary>Slots that work.</summary>
    public int Usable => Held + Free.Count;

    /// <summary>True when anybody may get its slots.</summary>
    public bool IsOpen => !Leaving && Reserved is null && Usable > 0;

    /// <summary>Part of its slots that are held; kept by <see cref="SlotBook"/>, which orders silos by it.</summary>
    public double Load { get; set; }

    public static int Compare(PoolSilo a, PoolSilo b)
    {
        int load = a.Load.CompareTo(b.Load);
        return load != 0 ? load : string.CompareOrdinal(a.Name, b.Name);
    }
}

/// <summary>A slot, as the pool keeps it.</summary>
internal sealed class PoolSlot(string key, PoolSilo silo)
{
    public string Key { get; } = key;

    public PoolSilo Silo { get; } = silo;

    /// <summary>When its worker last claimed its assignment, or got it.</summary>
    public long ClaimedAt { get; set; }

    public Assignment? Assignment { get; set; }

    /// <summary>Who waited for it; goes back into its line when the worker refuses.</summary>
    public Waiting? For { get; set; }

    public SlotBreaker? Breaker { get; set; }
}
