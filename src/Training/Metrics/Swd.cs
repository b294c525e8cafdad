using static TorchSharp.torch;

namespace CatGan.Training.Metrics;

/// <summary>
/// The arithmetic of the sliced Wasserstein distance between two sets of patches (Karras et al. 2018,
/// arXiv:1710.10196, section 5), in the type of its input. <see cref="SlicedWasserstein"/> is the same for training, with the
/// real side kept.
/// </summary>
internal static class Swd
{
    /// <summary>Distances are given in thousandths, as the paper does.</summary>
    public const double Scale = 1e3;

    /// <summary>Random unit vectors in each repeat.</summary>
    public const int Directions = 128;

    /// <summary>Independent sets of directions, whose distances are averaged.</summary>
    public const int Repeats = 4;

    /// <summary>Mean distance over all sets of directions.</summary>
    /// <param name="a">Normalised patches [n, 147].</param>
    /// <param name="b">As many others.</param>
    /// <param name="directions">[repeats, 147, directions].</param>
    public static double Distance(Tensor a, Tensor b, Tensor directions)
    {
        if (a.shape[0] != b.shape[0])
        {
            throw new ArgumentException($"the two sets hold {a.shape[0]} and {b.shape[0]} patches; sorted lists compare only at equal length", nameof(b));
        }

        var sum = 0.0;
        for (var repeat = 0; repeat < directions.shape[0]; repeat++)
        {
            using var scope = NewDisposeScope();
            var (sortedA, _) = Project(a, directions[repeat]).sort(1);
            var (sortedB, _) = Project(b, directions[repeat]).sort(1);
            sum += (sortedA - sortedB).abs_().mean().to_type(ScalarType.Float64).item<double>();
        }

        return Scale * sum / directions.shape[0];
    }

    /// <summary>Patches [n, 147] along directions [147, d]: [d, n].</summary>
    public static Tensor Project(Tensor patches, Tensor directions)
    {
        using var scope = NewDisposeScope();
        return mm(directions.t(), patches.t()).MoveToOuterDisposeScope();
    }

    /// <summary>Random unit vectors [repeats, 147, directions].</summary>
    public static Tensor RandomDirections(SeededChance chance, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        var values = new double[Repeats * PatchDescriptors.Length * Directions];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = chance.Normal();
        }

        var vectors = tensor(values).view(Repeats, PatchDescriptors.Length, Directions);
        return (vectors / vectors.square().sum(1, keepdim: true).sqrt()).to(type, device).MoveToOuterDisposeScope();
    }
}
