namespace CatGan.Search.Samplers;

/// <summary>Checks of samplers' options.</summary>
internal static class SamplerOptions
{
    /// <summary>A fault for each option that the sampler does not know.</summary>
    public static IEnumerable<SpecFault> Unknown(SweepDefinition definition, params string[] known) =>
        definition.Sampler.Options.Keys.Except(known).Select(name => new SpecFault(
            $"sampler.{name}",
            $"{name} is no option of the {definition.Sampler.Name} sampler, which has {(known.Length == 0 ? "none" : string.Join(", ", known))}"));
}
