using System.Collections.Immutable;
using CatGan.Abstractions.Grains;

namespace CatGan.Grains.Sweeps;

/// <summary>What a sweep's actions touch.</summary>
internal interface ISweepHands
{
    Task StartAsync(int experiment);

    Task StopAsync(int experiment, AttemptCommand command, string reason);

    Task DeleteAsync(int experiment, ImmutableArray<string> blobs);

    Task FinishAsync();
}
