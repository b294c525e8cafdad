using System.Collections.Immutable;

namespace CatGan.Search.Samplers;

/// <summary>What a sampler remembers from one proposal to the next.</summary>
internal sealed class SamplerState(SearchRandom random, ImmutableArray<int> memory)
{
    /// <summary>The sweep's chance.</summary>
    public SearchRandom Random { get; } = random;

    /// <summary>Numbers whose meaning is the sampler's own; empty at the start.</summary>
    public ImmutableArray<int> Memory { get; set; } = memory;
}
