namespace CatGan.Search.Samplers;

/// <summary>
/// Points of a scrambled Sobol sequence (Sobol 1967, Joe and Kuo 2008, Owen 1995): they cover the space far more evenly than
/// random ones, so that no region is tried twice while another is left out. Every parameter that varies has a dimension of
/// its own, which stays unused where its conditions do not hold. It remembers nothing but how many points it gave.
/// </summary>
internal sealed class SobolSampler : ISampler
{
    /// <summary>Sets this chance apart from what else the sweep's seed is used for.</summary>
    private const ulong Salt = 0x50B0_15E9_0E9C_E5A1;

    public string Name => "sobol";

    public IEnumerable<SpecFault> Faults(SweepDefinition definition)
    {
        int dimensions = definition.Space.Parameters.Count(p => p is not FixedParameter);
        if (dimensions > SobolTable.Dimensions)
            yield return new("sampler", $"the sobol sampler has {SobolTable.Dimensions} dimensions, but {dimensions} parameters vary; fix {dimensions - SobolTable.Dimensions} of them, or use random");
        foreach (SpecFault fault in SamplerOptions.NoNumber(definition).Concat(SamplerOptions.Unknown(definition)))
            yield return fault;
    }

    public long? Count(SweepDefinition definition) => null;

    public Configuration? Propose(SweepDefinition definition, SamplerState state, IConfigurationResults results)
    {
        int index = state.Memory.IsEmpty ? 0 : state.Memory[0];
        state.Memory = [index + 1];
        return Point(definition, index);
    }

    /// <summary>The configuration at a point of the sequence.</summary>
    /// <param name="definition">Space and seed.</param>
    /// <param name="index">The point, from 0.</param>
    internal static Configuration Point(SweepDefinition definition, int index)
    {
        // One number of this stream a dimension, whether or not it is used: the axes must not depend on the conditions.
        SearchRandom seeds = new(SearchRandom.Seeded(definition.Seed).State ^ Salt);
        Dictionary<string, string> values = [];
        int dimension = 0;
        foreach (Parameter parameter in definition.Space.Order)
        {
            bool active = ParameterSpace.IsActive(parameter, values);
            double place = parameter is FixedParameter ? 0 : Place(dimension++, index, seeds.NextBits());
            if (active)
                values[parameter.Name] = parameter.At(place);
        }
        return new Configuration(values);
    }

    /// <summary>One coordinate of a point, in the middle of its 2^-32 of the axis.</summary>
    internal static double Place(int dimension, int index, ulong seed) =>
        (OwenScramble.Apply(SobolSequence.Digit32(dimension, (uint)index), seed) + 0.5) / 4294967296.0;
}
