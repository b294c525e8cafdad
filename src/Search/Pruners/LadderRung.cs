namespace CatGan.Search.Pruners;

/// <summary>One rung of one bracket: who reached it, and who waits there.</summary>
/// <param name="index">Which rung of the sweep it is, from 0.</param>
/// <param name="images">Its images.</param>
internal sealed class LadderRung(int index, long images)
{
    /// <summary>Which rung of the sweep it is, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>Its images.</summary>
    public long Images { get; } = images;

    /// <summary>Every experiment that reached it, and those that failed on the way to it.</summary>
    public RankedSet Reached { get; } = new();

    /// <summary>Experiments that are paused here.</summary>
    public SortedSet<Place> Paused { get; } = [];

    /// <summary>Of those that reached it, the ones that ended without a result, here or later.</summary>
    public int WithoutResult { get; private set; }

    /// <summary>How many may go on: the best 1 in <paramref name="eta"/> of those that reached it so far.</summary>
    public int Room(int eta) => Reached.Count / eta;

    /// <summary>True when nobody went on from here with a result, or may still bring one.</summary>
    public bool NobodyWentOn => Paused.Count + WithoutResult >= Reached.Count;

    /// <summary>Takes an experiment in (or out) at its place.</summary>
    public void Count(Place place, bool withoutResult, bool paused, bool isIn)
    {
        if (isIn)
            Reached.Add(place);
        else
            Reached.Remove(place);
        if (paused && isIn)
            Paused.Add(place);
        else
            Paused.Remove(place);
        if (withoutResult)
            WithoutResult += isIn ? 1 : -1;
    }
}
