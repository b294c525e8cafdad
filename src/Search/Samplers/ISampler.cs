namespace CatGan.Search.Samplers;

/// <summary>
/// One way of proposing configurations. It holds nothing itself: whatever it must remember is in the
/// <see cref="SamplerState"/>, which a sweep's snapshot keeps.
/// </summary>
internal interface ISampler
{
    /// <summary>Its name in a spec.</summary>
    string Name { get; }

    /// <summary>True when its proposals depend on results.</summary>
    bool Learns => false;

    /// <summary>What is wrong with the definition for this sampler, its options included.</summary>
    IEnumerable<SpecFault> Faults(SweepDefinition definition);

    /// <summary>
    /// How many configurations it has for a definition without faults, at most one past
    /// <see cref="SweepDefinition.MaxExperiments"/>; null for as many as one likes.
    /// </summary>
    long? Count(SweepDefinition definition);

    /// <summary>How many of its first proposals no result can change.</summary>
    int Foreseen(SweepDefinition definition) => int.MaxValue;

    /// <summary>The next configuration, of conditions that hold; null when it has no more.</summary>
    /// <param name="definition">A definition without faults.</param>
    /// <param name="state">What it remembers; it may change that.</param>
    /// <param name="results">What came of the configurations so far; without any for a sampler that does not learn.</param>
    Configuration? Propose(SweepDefinition definition, SamplerState state, IConfigurationResults results);
}
