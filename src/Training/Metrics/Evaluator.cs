using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using CatGan.Training.Evaluation;
using CatGan.Training.Pictures;
using static TorchSharp.torch;

namespace CatGan.Training.Metrics;

/// <summary>
/// Scores fakes with every metric of <see cref="MetricCatalogue"/>. Two disjoint random parts of the real pictures
/// are used: fakes are held against the first, and the second against the first is the floor. Which pictures they are
/// depends on the data set alone, so every experiment on it is held against the same ones. Fakes are rounded to
/// whole colour values first, as they would be in a file.
/// </summary>
/// <param name="data">The real pictures; stays the caller's.</param>
/// <param name="device">Where to compute.</param>
internal sealed class Evaluator(PictureSet data, Device device) : IEvaluator
{
    private const int FakesAtOnce = 128;

    private readonly Dictionary<ScoreSize, IReadOnlyDictionary<string, IRealSide>> _realSides = [];

    /// <inheritdoc/>
    /// <remarks>
    /// No more pictures than half of the data set are used; a score's counts say how many. A data set of fewer than
    /// four pictures has no scores. Fakes that are not finite give scores that are not.
    /// </remarks>
    public ImmutableSortedDictionary<string, Score> Score(Func<int, Tensor> generate, ScoreSize size, long seed)
    {
        var capped = size with { Pictures = Math.Min(size.Pictures, data.Count / 2) };
        if (capped.Pictures < 2)
        {
            return ImmutableSortedDictionary<string, Score>.Empty;
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var realSides = RealSides(capped);
        var fakes = Fakes(generate, capped.Pictures, out var finite);
        return realSides.ToImmutableSortedDictionary(
            side => side.Key,
            side => finite ? side.Value.Measure(fakes, SeededChance.Of(seed)) : side.Value.Measure(fakes, SeededChance.Of(seed)) with { Value = double.NaN });
    }

    /// <inheritdoc/>
    public byte[]? Draw(Tensor pictures, int columns) => PictureGrid.Png(pictures, columns);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var side in _realSides.Values.SelectMany(sides => sides.Values))
        {
            side.Dispose();
        }
    }

    private Tensor Fakes(Func<int, Tensor> generate, int count, out bool finite)
    {
        var fakes = empty([count, 3, data.Size, data.Size], ScalarType.Byte, device);
        finite = true;
        for (var first = 0; first < count; first += FakesAtOnce)
        {
            using var batchScope = NewDisposeScope();
            var batch = Math.Min(FakesAtOnce, count - first);
            var pictures = generate(batch); // [batch, 3, S, S]
            finite &= pictures.isfinite().all().item<bool>();
            fakes.narrow(0, first, batch).copy_(PixelValues.Of(pictures));
        }

        return fakes;
    }

    private IReadOnlyDictionary<string, IRealSide> RealSides(ScoreSize size)
    {
        if (!_realSides.TryGetValue(size, out var sides))
        {
            using var scope = NewDisposeScope();
            var order = SeededChance.Of(data.Count).Shuffled(data.Count);
            var reals = Reals(order.AsSpan(0, size.Pictures));
            var others = Reals(order.AsSpan(size.Pictures, size.Pictures));
            sides = MetricCatalogue.All.ToDictionary(metric => metric.Name, metric => metric.Prepare(reals, others, size.Patches));
            _realSides.Add(size, sides);
        }

        return sides;
    }

    private Tensor Reals(ReadOnlySpan<int> indices)
    {
        var length = 3 * data.Size * data.Size;
        var reals = empty([indices.Length, 3, data.Size, data.Size], ScalarType.Byte);
        var pixels = reals.bytes;
        for (var i = 0; i < indices.Length; i++)
        {
            data.Read(indices[i], pixels.Slice(i * length, length));
        }

        return reals.to(device);
    }
}
