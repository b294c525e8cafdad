namespace CatGan.Search.Samplers;

/// <summary>
/// Every combination of the parameters' values once, conditions respected, the last parameter changing fastest.
/// Points of <c>also:</c> that lie on the grid are left out, since they run first anyway.
/// </summary>
internal sealed class GridSampler : ISampler
{
    public string Name => "grid";

    public IEnumerable<SpecFault> Faults(SweepDefinition definition)
    {
        foreach (Parameter parameter in definition.Space.Parameters.Where(p => p.OwnFaults().FirstOrDefault() is null && p.GridValues().IsEmpty))
            yield return new($"parameters.{parameter.Name}.{parameter.Kind}", $"{parameter.Name} is a range without points, but the grid sampler needs them: add points: 5, say");
        foreach (SpecFault fault in SamplerOptions.Unknown(definition))
            yield return fault;
    }

    public long? Count(SweepDefinition definition) =>
        Odometer.Count(definition.Space, SweepDefinition.MaxExperiments + definition.Also.Length) - OnGrid(definition).Count();

    public Configuration? Propose(SweepDefinition definition, SamplerState state, IConfigurationResults results)
    {
        Odometer odometer = new(definition.Space, state.Memory);
        Configuration? next;
        do
            next = odometer.Next();
        while (next is not null && definition.Also.Length > 0 && OnGrid(definition).Any(p => p.IsSamePoint(next)));
        state.Memory = odometer.Places;
        return next;
    }

    /// <summary>The points of <c>also:</c> that the grid has too; no fault means that none is there twice.</summary>
    private static IEnumerable<Configuration> OnGrid(SweepDefinition definition) =>
        definition.Also.Select(definition.Space.Complete).Where(p => Odometer.Contains(definition.Space, p));
}
