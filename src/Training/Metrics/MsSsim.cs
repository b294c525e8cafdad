using static TorchSharp.torch;

namespace CatGan.Training.Metrics;

/// <summary>
/// The arithmetic of multi-scale structural similarity (Wang, Simoncelli and Bovik 2003) of picture pairs of values
/// 0 to 255, in a type of choice: 11x11 Gaussian of sigma 1.5 without padding (both shrink together where a level is
/// smaller), five levels by 2x2 means, colours averaged together with pixels.
/// </summary>
internal sealed class MsSsim : IDisposable
{
    private const int Width = 11;
    private const double Sigma = 1.5;
    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;
    private static readonly double[] Weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    private readonly ScalarType _type;
    private readonly Tensor[] _windows = new Tensor[Weights.Length];
    private readonly Tensor[] _halvings = new Tensor[Weights.Length - 1];

    /// <param name="size">Side of the pictures, at least 16.</param>
    /// <param name="type">Type to compute in.</param>
    /// <param name="device">Where.</param>
    public MsSsim(int size, ScalarType type, Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 16);
        _type = type;
        for (var level = 0; level < Weights.Length; level++, size /= 2)
        {
            var width = Math.Min(Width, size);
            var window = AxisFilters.Gaussian(size, width, Sigma * width / Width);
            _windows[level] = tensor(window, type, device).DetachFromDisposeScope();
            if (level < _halvings.Length)
            {
                _halvings[level] = tensor(AxisFilters.PairMeans(size), type, device).DetachFromDisposeScope();
            }
        }
    }

    /// <summary>Similarity of each pair, from 0 to 1: a[i] with b[i], both [N, 3, S, S].</summary>
    public double[] Similarities(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (a.to_type(_type), b.to_type(_type));
        var product = ones(a.shape[0], ScalarType.Float64, a.device);
        for (var level = 0; level < Weights.Length; level++)
        {
            var last = level == Weights.Length - 1;
            var similarity = Level(x, y, _windows[level], withLightness: last);
            product.mul_(similarity.to_type(ScalarType.Float64).clamp_min(0).pow(Weights[level]));
            if (!last)
            {
                x = AxisFilters.Apply(x, _halvings[level]);
                y = AxisFilters.Apply(y, _halvings[level]);
            }
        }

        return product.cpu().data<double>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var matrix in _windows.Concat(_halvings))
        {
            matrix.Dispose();
        }
    }

    // Contrast and structure of one level, times lightness where asked for: [N].
    private static Tensor Level(Tensor x, Tensor y, Tensor window, bool withLightness)
    {
        using var scope = NewDisposeScope();
        var meanX = AxisFilters.Apply(x, window); // [N, 3, S - 10, S - 10]
        var meanY = AxisFilters.Apply(y, window);
        var meanXY = meanX * meanY;
        var meanSquares = meanX.square() + meanY.square();
        var covariance = AxisFilters.Apply(x * y, window) - meanXY;
        var variances = AxisFilters.Apply(x.square() + y.square(), window) - meanSquares; // the filter is linear: one for both
        var map = ((2 * covariance) + C2) / (variances + C2);
        if (withLightness)
        {
            map *= ((2 * meanXY) + C1) / (meanSquares + C1);
        }

        return map.mean([1, 2, 3]).MoveToOuterDisposeScope();
    }
}
