using System.Collections.Immutable;
using System.Globalization;
using CatGan.Search.Pruners;

namespace CatGan.Search;

/// <summary>The pruner of a sweep.</summary>
/// <param name="Name">Its name in the catalogue: <c>median</c>, <c>asha</c>, <c>hyperband</c>.</param>
/// <param name="Options">Its own options by name, as whole numbers without separators.</param>
public sealed record PrunerChoice(string Name, ImmutableSortedDictionary<string, string> Options)
{
    /// <summary>How a spec says that there is no pruner.</summary>
    public const string None = "none";

    /// <summary>A pruner with its defaults.</summary>
    public static PrunerChoice Of(string name) => new(name, ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>Names of all pruners.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. PrunerCatalogue.All.Select(p => p.Name)];

    /// <summary>The same with the usual values of what is not given: what a sweep is to be submitted with.</summary>
    public PrunerChoice Settled()
    {
        IEnumerable<PrunerOption> open = PrunerCatalogue.Find(Name)?.Options.Where(o => o.Usual is not null && !Options.ContainsKey(o.Name)) ?? [];
        return this with { Options = Options.AddRange(open.Select(o => KeyValuePair.Create(o.Name, o.Usual!.Value.ToString(CultureInfo.InvariantCulture)))) };
    }

    /// <summary>The rungs of a sweep with this pruner whose spec names none; empty for a pruner that needs them named, or that does not exist.</summary>
    /// <param name="budgetImages">Images of an experiment.</param>
    public ImmutableArray<long> DefaultRungs(long budgetImages) => PrunerCatalogue.Find(Name)?.Rungs(this, budgetImages) ?? [];
}
