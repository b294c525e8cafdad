namespace CatGan.Search.Samplers;

/// <summary>
/// Each configuration by chance, whatever came before: hard to beat where few of the parameters matter (Bergstra and
/// Bengio 2012).
/// </summary>
internal sealed class RandomSampler : ISampler
{
    public string Name => "random";

    public IEnumerable<SpecFault> Faults(SweepDefinition definition)
    {
        if (definition.Configurations is null)
            yield return new("experiments", "experiments is missing, but the random sampler needs it: a whole number of at least 1");
        foreach (SpecFault fault in SamplerOptions.Unknown(definition))
            yield return fault;
    }

    public long? Count(SweepDefinition definition) => null;

    public Configuration? Propose(SweepDefinition definition, SamplerState state)
    {
        Dictionary<string, string> values = [];
        foreach (Parameter parameter in definition.Space.Order.Where(p => ParameterSpace.IsActive(p, values)))
            values[parameter.Name] = parameter.Draw(state.Random);
        return new Configuration(values);
    }
}
