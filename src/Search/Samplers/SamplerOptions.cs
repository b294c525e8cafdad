namespace CatGan.Search.Samplers;

/// <summary>Checks of samplers' options.</summary>
internal static class SamplerOptions
{
    /// <summary>A fault when nobody said how many configurations a sampler without an end is to propose.</summary>
    public static IEnumerable<SpecFault> NoNumber(SweepDefinition definition)
    {
        if (definition.Configurations is null)
            yield return new("experiments", $"experiments is missing, but the {definition.Sampler.Name} sampler needs it: a whole number of at least 1");
    }

    /// <summary>A fault for each option that the sampler does not know.</summary>
    public static IEnumerable<SpecFault> Unknown(SweepDefinition definition, params string[] known) =>
        definition.Sampler.Options.Keys.Except(known).Select(name => new SpecFault(
            $"sampler.{name}",
            $"{name} is no option of the {definition.Sampler.Name} sampler, which has {(known.Length == 0 ? "none" : string.Join(", ", known))}"));
}
