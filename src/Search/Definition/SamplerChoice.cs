using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>The sampler of a sweep.</summary>
/// <param name="Name">Its name in the catalogue: <c>grid</c>, <c>random</c>.</param>
/// <param name="Options">Its own options by name, as a spec writes them.</param>
public sealed record SamplerChoice(string Name, ImmutableSortedDictionary<string, string> Options)
{
    /// <summary>A sampler without options.</summary>
    public static SamplerChoice Of(string name) => new(name, ImmutableSortedDictionary<string, string>.Empty);
}
