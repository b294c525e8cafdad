using CatGan.Abstractions.Experiments;
using TorchSharp;

namespace CatGan.Training.Metrics;

/// <summary>
/// A measure of how good a set of generated pictures is, that needs no pretrained network. One file a metric, and
/// one line in <see cref="MetricCatalogue"/>.
/// </summary>
internal interface IMetric
{
    /// <summary>Name in curves, specs and reports, such as <c>swd</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Bounds of the buckets that telemetry sorts its values into, ascending: as fine as variants differ, so that a
    /// quantile read from them can rank variants.
    /// </summary>
    IReadOnlyList<double> Boundaries { get; }

    /// <summary>
    /// Works out the real side once: what fakes are held against, and the floor. Depends on nothing but its
    /// arguments, so scores of different experiments on the same pictures compare like with like.
    /// </summary>
    /// <param name="reals">Real pictures, uint8 [N, 3, S, S], on the device to compute on.</param>
    /// <param name="others">As many further real pictures, none of them in <paramref name="reals"/>.</param>
    /// <param name="patches">Patches a picture and level, for a metric that uses patches.</param>
    IRealSide Prepare(torch.Tensor reals, torch.Tensor others, int patches);
}

/// <summary>The real side of a metric, ready for any number of fakes.</summary>
internal interface IRealSide : IDisposable
{
    /// <summary>Scores fakes, uint8 [N, 3, S, S], as many as there were reals and on the same device.</summary>
    Score Measure(torch.Tensor fakes, SeededChance chance);
}
