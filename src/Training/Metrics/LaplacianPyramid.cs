using static TorchSharp.torch;

namespace CatGan.Training.Metrics;

/// <summary>
/// The bands of a picture by scale (Burt and Adelson 1983): each level is what halving and doubling loses, the last
/// one the low pass that is left. Mirrored borders, kernel [1 4 6 4 1]⊗[1 4 6 4 1]/256.
/// </summary>
internal sealed class LaplacianPyramid : IDisposable
{
    /// <summary>Side below which there is no further level.</summary>
    public const int SmallestSide = 16;

    private readonly Tensor[] _halvings;
    private readonly Tensor[] _doublings;

    /// <param name="size">Side of the pictures.</param>
    /// <param name="levels">Number of levels, the low pass included.</param>
    /// <param name="type">Type that the levels are computed in.</param>
    /// <param name="device">Where.</param>
    public LaplacianPyramid(int size, int levels, ScalarType type, Device device)
    {
        _halvings = new Tensor[levels - 1];
        _doublings = new Tensor[levels - 1];
        for (var level = 0; level < levels - 1; level++, size = (size + 1) / 2)
        {
            _halvings[level] = tensor(AxisFilters.Halving(size), type, device).DetachFromDisposeScope();
            _doublings[level] = tensor(AxisFilters.Doubling((size + 1) / 2), type, device).DetachFromDisposeScope();
        }
    }

    /// <summary>Levels that pictures of this side have: one for each halving while the side is at least 16.</summary>
    public static int LevelsOf(int size)
    {
        var levels = 0;
        for (var side = size; side >= SmallestSide; side /= 2)
        {
            levels++;
        }

        return levels;
    }

    /// <summary>One level of pictures [N, 3, S, S]: [N, 3, S/2^level, S/2^level].</summary>
    public Tensor Level(Tensor pictures, int level)
    {
        using var scope = NewDisposeScope();
        var coarse = pictures.alias();
        for (var i = 0; i < level; i++)
        {
            coarse = AxisFilters.Apply(coarse, _halvings[i]);
        }

        if (level < _halvings.Length)
        {
            var side = coarse.shape[^1];
            var back = AxisFilters.Apply(AxisFilters.Apply(coarse, _halvings[level]), _doublings[level]);
            coarse = coarse - back.narrow(2, 0, side).narrow(3, 0, side);
        }

        return coarse.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var matrix in _halvings.Concat(_doublings))
        {
            matrix.Dispose();
        }
    }
}
