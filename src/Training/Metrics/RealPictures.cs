using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using static TorchSharp.torch;

namespace CatGan.Training.Metrics;

/// <summary>
/// Takes two disjoint random parts of a data set, the same ones for every experiment on it: fakes are held against
/// the first, and the second against the first is the floor.
/// </summary>
internal static class RealPictures
{
    /// <summary>Every metric's real side by name.</summary>
    public static IReadOnlyDictionary<string, IRealSide> Prepare(PictureSet data, Device device, ScoreSize size)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var order = SeededChance.Of(data.Count).Shuffled(data.Count);
        var reals = Read(data, order.AsSpan(0, size.Pictures)).to(device);
        var others = Read(data, order.AsSpan(size.Pictures, size.Pictures)).to(device);
        return MetricCatalogue.All.ToDictionary(metric => metric.Name, metric => metric.Prepare(reals, others, size.Patches));
    }

    private static Tensor Read(PictureSet data, ReadOnlySpan<int> indices)
    {
        var length = 3 * data.Size * data.Size;
        var pictures = empty([indices.Length, 3, data.Size, data.Size], ScalarType.Byte);
        var pixels = pictures.bytes;
        for (var i = 0; i < indices.Length; i++)
        {
            data.Read(indices[i], pixels.Slice(i * length, length));
        }

        return pictures;
    }
}
