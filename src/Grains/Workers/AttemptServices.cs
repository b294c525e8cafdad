using CatGan.Grains.Telemetry;
using CatGan.Storage;
using Microsoft.Extensions.Logging;

namespace CatGan.Grains.Workers;

/// <summary>What every attempt of a silo works with.</summary>
internal sealed record AttemptServices(
    GrainReferences Grains,
    IBlobStore Store,
    ITrainerFactory Trainers,
    CheckpointFiles Checkpoints,
    GrainRetry Retry,
    GrainsTiming Timing,
    GrainsMeters Meters,
    ILogger<AttemptServices> Log);
