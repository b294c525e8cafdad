using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using CatGan.Training.Evaluation;
using CatGan.Training.Pictures;
using static TorchSharp.torch;

namespace CatGan.Training.Metrics;

/// <summary>
/// Scores fakes with every metric of <see cref="MetricCatalogue"/> against <see cref="RealSides"/>. Fakes are rounded
/// to whole colour values first, as they would be in a file.
/// </summary>
internal sealed class Evaluator : IEvaluator
{
    private const int FakesAtOnce = 128;

    private readonly PictureSet _data;
    private readonly Device _device;
    private readonly RealSides _realSides;
    private readonly bool _ownsRealSides;
    private readonly Dictionary<ScoreSize, RealSides.Lease> _leases = [];

    /// <param name="data">The real pictures; stays the caller's.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="shared">Real sides shared with other experiments; null for sides of its own.</param>
    public Evaluator(PictureSet data, Device device, RealSides? shared = null) =>
        (_data, _device, _realSides, _ownsRealSides) = (data, device, shared ?? new RealSides(), shared is null);

    /// <inheritdoc/>
    /// <remarks>
    /// No more pictures than half of the data set are used; a score's counts say how many. A data set of fewer than
    /// four pictures has no scores. Fakes that are not finite give scores that are not.
    /// </remarks>
    public ImmutableSortedDictionary<string, Score> Score(Func<int, Tensor> generate, ScoreSize size, long seed)
    {
        var capped = size with { Pictures = Math.Min(size.Pictures, _data.Count / 2) };
        if (capped.Pictures < 2)
        {
            return ImmutableSortedDictionary<string, Score>.Empty;
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var realSides = Sides(capped);
        var fakes = Fakes(generate, capped.Pictures, out var finite);
        return realSides.ToImmutableSortedDictionary(
            side => side.Key,
            side => side.Value.Measure(fakes, SeededChance.Of(seed)) is var score && finite ? score : score with { Value = double.NaN });
    }

    /// <inheritdoc/>
    public byte[]? Draw(Tensor pictures, int columns) => PictureGrid.Png(pictures, columns);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var lease in _leases.Values)
        {
            lease.Dispose();
        }

        if (_ownsRealSides)
        {
            _realSides.Dispose();
        }
    }

    private Tensor Fakes(Func<int, Tensor> generate, int count, out bool finite)
    {
        var fakes = empty([count, 3, _data.Size, _data.Size], ScalarType.Byte, _device);
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

    private IReadOnlyDictionary<string, IRealSide> Sides(ScoreSize size)
    {
        if (!_leases.TryGetValue(size, out var lease))
        {
            _leases.Add(size, lease = _realSides.Rent(_data, _device, size));
        }

        return lease.Sides;
    }
}
