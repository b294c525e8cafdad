namespace CatGan.Search.Samplers;

/// <summary>
/// Tree-structured Parzen estimator (Bergstra et al. 2011, section 4): one density of the configurations that came out well and one of
/// all others; of some candidates drawn from the first, it proposes the one that is most likely by the first in proportion to the
/// second. Both are over all parameters at once, as in Falkner et al. 2018.
/// </summary>
internal sealed class TpeSampler : ISampler
{
    public string Name => "tpe";

    public bool Learns => true;

    public IEnumerable<SpecFault> Faults(SweepDefinition definition) => [.. SamplerOptions.NoNumber(definition), .. TpeOptions.Faults(definition)];

    public long? Count(SweepDefinition definition) => null;

    public int Foreseen(SweepDefinition definition) => Math.Max(0, TpeOptions.Of(definition).Startup - definition.Also.Length - definition.Warm.Length);

    public Configuration? Propose(SweepDefinition definition, SamplerState state, IConfigurationResults results)
    {
        TpeOptions options = TpeOptions.Of(definition);
        TpeSplit split = TpeSplit.Of(definition, options.Gamma, results);
        if (split.Good.Count == 0 || results.Scored + results.Failed + definition.Warm.Length < options.Startup)
            return RandomSampler.Draw(definition.Space, state.Random);
        TpeAxes axes = new(definition.Space);
        List<Cell?[]> good = [.. split.Good.Select(axes.Encode)], bad = [.. split.Bad.Select(axes.Encode)];
        ParzenMixture promising = new(axes, good), others = new(axes, bad);
        (Configuration? Configuration, bool New, double Gain) best = default;
        for (int i = 0; i < options.Candidates; i++)
        {
            (Configuration configuration, Cell?[] cells) = promising.Draw(state.Random);
            bool isNew = !good.Concat(bad).Any(known => cells.AsSpan().SequenceEqual(known));
            double gain = promising.LogDensity(cells) - others.LogDensity(cells);
            // What has been tried is tried again only when every candidate has been.
            if (best.Configuration is null || (isNew && !best.New) || (isNew == best.New && gain > best.Gain))
                best = (configuration, isNew, gain);
        }
        return best.Configuration;
    }
}
