namespace CatGan.Search.Samplers;

/// <summary>
/// Each configuration by chance, whatever came before: hard to beat where few of the parameters matter (Bergstra and
/// Bengio 2012).
/// </summary>
internal sealed class RandomSampler : ISampler
{
    public string Name => "random";

    public IEnumerable<SpecFault> Faults(SweepDefinition definition) => [.. SamplerOptions.NoNumber(definition), .. SamplerOptions.Unknown(definition)];

    public long? Count(SweepDefinition definition) => null;

    public Configuration? Propose(SweepDefinition definition, SamplerState state, IConfigurationResults results) => Draw(definition.Space, state.Random);

    /// <summary>A configuration by chance.</summary>
    internal static Configuration Draw(ParameterSpace space, SearchRandom random)
    {
        Dictionary<string, string> values = [];
        foreach (Parameter parameter in space.Order.Where(p => ParameterSpace.IsActive(p, values)))
            values[parameter.Name] = parameter.Draw(random);
        return new Configuration(values);
    }
}
