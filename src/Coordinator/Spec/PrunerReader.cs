using System.Collections.Immutable;
using System.Globalization;
using CatGan.Search;

namespace CatGan.Coordinator.Spec;

/// <summary>Reads <c>pruner:</c>, a name or a block of a name and options; the pruner says itself which it knows.</summary>
internal sealed class PrunerReader(SpecPlaces places, FaultList faults)
{
    private static string Names => string.Join(", ", PrunerChoice.Names.Prepend(PrunerChoice.None));

    /// <summary>The pruner, as far as it could be understood; null for none.</summary>
    public PrunerChoice? Read(SpecSection top)
    {
        if (top.Find("pruner") is not SpecMap map)
            return Choice(top.Text("pruner", 50), ImmutableSortedDictionary<string, string>.Empty);
        SpecSection pruner = new(map, "pruner.", [.. map.Entries.Select(e => e.Key.Value)], faults);
        foreach (SpecEntry entry in map.Entries)
            places.Add($"pruner.{entry.Key.Value}", entry.Value);
        if (pruner.Find("name") is null)
            faults.Add(places.At("pruner", $"pruner.name is missing, but must be one of {Names}"));
        ImmutableSortedDictionary<string, string> options = map.Entries.Select(e => e.Key.Value).Where(k => k != "name").Distinct()
            .ToImmutableSortedDictionary(k => k, k => Whole(pruner.Text(k, 200) ?? ""));
        return Choice(pruner.Text("name", 50), options);
    }

    private static PrunerChoice? Choice(string? name, ImmutableSortedDictionary<string, string> options) =>
        name is null or PrunerChoice.None ? null : new PrunerChoice(name, options).Settled();

    /// <summary>Whole numbers written out (<c>1e3</c> as <c>1000</c>); whatever else as it is, for the pruner to refuse.</summary>
    private static string Whole(string text) => SpecNumber.ParseWhole(text)?.ToString(CultureInfo.InvariantCulture) ?? text;
}
