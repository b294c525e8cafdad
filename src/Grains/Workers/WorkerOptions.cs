using CatGan.Datasets;
using CatGan.Training;

namespace CatGan.Grains.Workers;

/// <summary>What a silo trains on.</summary>
public sealed record WorkerOptions
{
    /// <summary>Name of the silo: unique, and another one after each start.</summary>
    public required string Silo { get; init; }

    /// <summary>Devices and their slots; none for a silo that only keeps state.</summary>
    public required IReadOnlyList<TrainingDevice> Devices { get; init; }

    /// <summary>Where data sets are kept on this machine; null for as long as the silo runs only.</summary>
    public PictureCache? Cache { get; init; }
}
