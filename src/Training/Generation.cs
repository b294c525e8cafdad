namespace CatGan.Training;

/// <summary>What a silo makes of a checkpoint for a person.</summary>
public static class Generation
{
    /// <summary>A PNG with a grid of pictures by the averaged generator.</summary>
    /// <param name="checkpointPath">A local checkpoint file.</param>
    /// <param name="count">Pictures.</param>
    /// <param name="seed">Seed of z.</param>
    /// <param name="interpolate">Walk between points of z along each row in place of independent pictures.</param>
    /// <exception cref="InvalidCheckpointException">The file is torn or no checkpoint.</exception>
    public static byte[] Grid(string checkpointPath, int count, long seed, bool interpolate) =>
        throw new NotSupportedException($"{checkpointPath} {count} {seed} {interpolate}");

    /// <summary>Writes the averaged generator with PyTorch's key names and shapes as safetensors.</summary>
    /// <param name="checkpointPath">A local checkpoint file.</param>
    /// <param name="destinationPath">The file to make.</param>
    /// <exception cref="InvalidCheckpointException">The file is torn or no checkpoint.</exception>
    public static void Export(string checkpointPath, string destinationPath) =>
        throw new NotSupportedException($"{checkpointPath} {destinationPath}");
}
