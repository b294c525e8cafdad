namespace CatGan.Search.Samplers;

/// <summary>
/// One way of proposing configurations. It holds nothing itself: whatever it must remember is in the
/// <see cref="SamplerState"/>, which a sweep's snapshot keeps.
/// </summary>
internal interface ISampler
{
    /// <summary>Its name in a spec.</summary>
    string Name { get; }

    /// <summary>What is wrong with the definition for this sampler, its options included.</summary>
    IEnumerable<SpecFault> Faults(SweepDefinition definition);

    /// <summary>
    /// How many configurations it has for a definition without faults, at most one past
    /// <see cref="SweepDefinition.MaxExperiments"/>; null for as many as one likes.
    /// </summary>
    long? Count(SweepDefinition definition);

    /// <summary>The next configuration, of conditions that hold; null when it has no more.</summary>
    Configuration? Propose(SweepDefinition definition, SamplerState state);
}
