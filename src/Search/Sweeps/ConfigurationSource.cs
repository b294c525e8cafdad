using System.Collections.Immutable;
using CatGan.Search.Samplers;

namespace CatGan.Search;

/// <summary>Where a sweep's configurations come from, in order: the points of <c>also:</c>, then the sampler.</summary>
internal sealed class ConfigurationSource(SweepDefinition definition, SamplerState state, int given)
{
    private readonly ISampler _sampler = SamplerCatalogue.Find(definition.Sampler.Name)
        ?? throw new InvalidOperationException($"There is no sampler {definition.Sampler.Name}.");
    private readonly int _total = definition.TotalConfigurations
        ?? throw new InvalidOperationException($"The definition of {definition.Name} has faults.");

    /// <summary>Configurations given so far.</summary>
    public int Given { get; private set; } = given;

    /// <summary>What the sampler remembers.</summary>
    public SamplerState State => state;

    /// <summary>True when every configuration has been given.</summary>
    public bool IsExhausted => Given >= _total;

    /// <summary>Configurations in all.</summary>
    public int Total => _total;

    public static ConfigurationSource Start(SweepDefinition definition) =>
        new(definition, new SamplerState(SearchRandom.Seeded(definition.Seed), ImmutableArray<int>.Empty), 0);

    /// <summary>True when results decide what comes.</summary>
    public bool Learns => _sampler.Learns;

    /// <summary>The next configuration; there must be one.</summary>
    public Configuration Next(IConfigurationResults results)
    {
        Configuration? next = Given < definition.Also.Length
            ? definition.Space.Complete(definition.Also[Given])
            : _sampler.Propose(definition, state, results);
        Given++;
        return next ?? throw new InvalidOperationException($"The {_sampler.Name} sampler ended after {Given - 1} of {_total} configurations.");
    }

    /// <summary>All that are left, as far as no result decides them.</summary>
    public IEnumerable<Configuration> Foreseen()
    {
        ConfigurationResults none = new(definition.Objective, definition.Repeats);
        long end = Math.Min(_total, definition.Also.Length + (long)_sampler.Foreseen(definition));
        while (Given < end)
            yield return Next(none);
    }
}
