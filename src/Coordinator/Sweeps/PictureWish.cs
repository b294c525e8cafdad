using CatGan.Abstractions.Grains;

namespace CatGan.Coordinator.Sweeps;

/// <summary>What a silo is to make of an experiment's averaged generator.</summary>
internal abstract record PictureWish
{
    /// <summary>Has a silo make it.</summary>
    /// <returns>Name of the blob that it made.</returns>
    public abstract Task<string> AskAsync(IPictureJobGrain silo, string sweep, int experiment, CancellationToken cancellationToken);
}

/// <summary>A grid of pictures, a PNG.</summary>
/// <param name="Count">Pictures.</param>
/// <param name="Seed">Seed of the pictures; the same seed draws the same ones.</param>
/// <param name="Interpolate">Walk from one picture to another along each row.</param>
internal sealed record GenerateBody(int Count = 64, long Seed = 1, bool Interpolate = false) : PictureWish
{
    /// <inheritdoc/>
    public override Task<string> AskAsync(IPictureJobGrain silo, string sweep, int experiment, CancellationToken cancellationToken) =>
        silo.Generate(new GenerateRequest(sweep, experiment, Count, Seed, Interpolate), cancellationToken);
}

/// <summary>The generator itself for PyTorch, safetensors.</summary>
internal sealed record ExportWish : PictureWish
{
    /// <inheritdoc/>
    public override Task<string> AskAsync(IPictureJobGrain silo, string sweep, int experiment, CancellationToken cancellationToken) =>
        silo.Export(sweep, experiment, cancellationToken);
}
