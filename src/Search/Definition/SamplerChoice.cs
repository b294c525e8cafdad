using System.Collections.Immutable;
using CatGan.Search.Samplers;

namespace CatGan.Search;

/// <summary>The sampler of a sweep.</summary>
/// <param name="Name">Its name in the catalogue: one of <see cref="Names"/>.</param>
/// <param name="Options">Its own options by name, as a spec writes them.</param>
public sealed record SamplerChoice(string Name, ImmutableSortedDictionary<string, string> Options)
{
    /// <summary>The names of all samplers.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SamplerCatalogue.All.Select(s => s.Name)];

    /// <summary>A sampler without options.</summary>
    public static SamplerChoice Of(string name) => new(name, ImmutableSortedDictionary<string, string>.Empty);
}
