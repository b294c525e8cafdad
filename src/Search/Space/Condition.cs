using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>A parameter is there only when another one has one of these values: an entry of <c>when:</c>.</summary>
/// <param name="Parameter">Name of the other parameter, declared in the same space.</param>
/// <param name="Values">Values of it, any of which fulfils the condition; numbers compare as numbers.</param>
public sealed record Condition(string Parameter, ImmutableArray<string> Values)
{
    /// <summary>True when the values chosen so far fulfil it; a parameter that is not there fulfils nothing.</summary>
    internal bool Holds(IReadOnlyDictionary<string, string> chosen) =>
        chosen.TryGetValue(Parameter, out string? value) && Values.Any(v => Numbers.Same(v, value));
}
