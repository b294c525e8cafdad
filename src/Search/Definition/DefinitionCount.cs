using CatGan.Search.Samplers;

namespace CatGan.Search;

/// <summary>How much a definition will run.</summary>
internal static class DefinitionCount
{
    public static int? Configurations(SweepDefinition definition)
    {
        if (SamplerCatalogue.Find(definition.Sampler.Name) is not { } sampler || definition.Space.Faults().Count > 0)
            return null;
        long? available = sampler.Count(definition);
        long? wanted = (available, definition.Configurations) switch
        {
            ({ } a, { } n) => Math.Min(a, n),
            _ => available ?? definition.Configurations,
        };
        return wanted + definition.Also.Length is <= SweepDefinition.MaxExperiments and var total ? (int)total : null;
    }
}
