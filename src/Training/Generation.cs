using CatGan.Abstractions.Experiments;
using CatGan.Training.Checkpoints;
using CatGan.Training.Evaluation;
using CatGan.Training.Networks;
using CatGan.Training.Pictures;
using CatGan.Training.Variants;
using static TorchSharp.torch;

namespace CatGan.Training;

/// <summary>
/// What a silo makes of a checkpoint for a person, with its averaged generator. Batch-norm statistics are those the
/// experiment was scored with: estimated anew from fixed z, since averaged weights have none of their own.
/// </summary>
public static class Generation
{
    /// <summary>Most pictures of one grid.</summary>
    public const int MostPictures = 4096;

    /// <summary>
    /// A PNG with a grid of pictures, about as wide as it is high; the same arguments give the same picture.
    /// </summary>
    /// <param name="checkpointPath">A local checkpoint file.</param>
    /// <param name="count">Pictures, 1 to <see cref="MostPictures"/>.</param>
    /// <param name="seed">Seed of z.</param>
    /// <param name="interpolate">
    /// Each row walks along the sphere from one point of z to another in place of independent pictures.
    /// </param>
    /// <exception cref="InvalidCheckpointException">The file is torn or no checkpoint.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of its range.</exception>
    public static byte[] Grid(string checkpointPath, int count, long seed, bool interpolate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostPictures);
        using var scope = NewDisposeScope();
        using var checkpoint = CheckpointFile.Open(checkpointPath);
        using var generator = Load(checkpoint);
        var (length, columns) = (checkpoint.Options.Z, PictureGrid.ColumnsFor(count));
        var z = interpolate ? Latents.Walks(count, columns, length, seed) : Latents.Independent(count, length, seed);
        return PictureGrid.Png(generator.Generate(z), columns);
    }

    /// <summary>
    /// Writes the generator as safetensors with the key names and shapes of a PyTorch <c>nn.Sequential</c>. In
    /// evaluation mode it makes the pictures of <see cref="Grid"/>.
    /// </summary>
    /// <param name="checkpointPath">A local checkpoint file.</param>
    /// <param name="destinationPath">The file to make; whole, or not there.</param>
    /// <exception cref="InvalidCheckpointException">The file is torn or no checkpoint.</exception>
    public static void Export(string checkpointPath, string destinationPath)
    {
        using var scope = NewDisposeScope();
        using var checkpoint = CheckpointFile.Open(checkpointPath);
        using var generator = Load(checkpoint);
        GeneratorExport.Write(generator.Copy, checkpoint.Options, destinationPath);
    }

    private static AveragedPictures Load(CheckpointFile checkpoint)
    {
        ExperimentOptions options = checkpoint.Options;
        using Network averaged = new(VariantCatalogue.Create(options).Generator(options), CPU, trainable: false);
        checkpoint.RestoreAveraged(averaged);
        AveragedPictures pictures = new(options, CPU, checkpoint.Seed);
        pictures.Take(averaged);
        return pictures;
    }
}
