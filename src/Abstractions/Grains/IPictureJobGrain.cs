namespace CatGan.Abstractions.Grains;

/// <summary>Jobs that need tensors, done by a silo that has them. Any key; they hold no state.</summary>
[Alias("catgan.IPictureJobGrain")]
public interface IPictureJobGrain : IGrainWithStringKey
{
    /// <summary>Draws a grid with an experiment's averaged generator.</summary>
    /// <returns>Name of the blob that holds the PNG; the caller deletes it after reading.</returns>
    [Alias("Generate"), ResponseTimeout("00:10:00")]
    Task<string> Generate(GenerateRequest request, CancellationToken cancellationToken);

    /// <summary>Writes an experiment's averaged generator as safetensors with PyTorch's key names.</summary>
    /// <returns>Name of the blob; the caller deletes it after reading.</returns>
    [Alias("Export"), ResponseTimeout("00:10:00")]
    Task<string> Export(string sweep, int experiment, CancellationToken cancellationToken);
}

/// <summary>What to draw.</summary>
/// <param name="Sweep">Id of the sweep.</param>
/// <param name="Experiment">Number of the experiment.</param>
/// <param name="Count">Pictures.</param>
/// <param name="Seed">Seed of z.</param>
/// <param name="Interpolate">Walk between points of z along each row in place of independent pictures.</param>
[GenerateSerializer, Immutable, Alias("catgan.GenerateRequest")]
public sealed record GenerateRequest(string Sweep, int Experiment, int Count, long Seed, bool Interpolate);
