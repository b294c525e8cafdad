using System.Collections.Immutable;
using CatGan.Abstractions.Grains;
using CatGan.Search;

namespace CatGan.Grains.Sweeps;

/// <summary>What a sweep's actions touch.</summary>
internal interface ISweepHands
{
    Task StartAsync(StartExperiment start);

    Task StopAsync(int experiment, AttemptCommand command, string reason);

    Task DeleteAsync(int experiment, ImmutableArray<string> blobs);

    Task SendAsync(int notice);

    Task FinishAsync();
}
