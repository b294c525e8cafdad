using static TorchSharp.torch;

namespace CatGan.Training.Metrics;

/// <summary>Patches of 7x7 pixels and 3 colours as vectors of 147, flattened as channel, y, x.</summary>
internal static class PatchDescriptors
{
    /// <summary>Side of a patch in pixels.</summary>
    public const int Side = 7;

    /// <summary>Values of one patch.</summary>
    public const int Length = 3 * Side * Side;

    private const int Reach = Side / 2;

    /// <summary>Cuts patches out of a pyramid level.</summary>
    /// <param name="level">Pictures [N, 3, S, S].</param>
    /// <param name="centres">Integers [n, 3]: picture, y, x; each at least 3 from every border.</param>
    /// <returns>[n, 147].</returns>
    public static Tensor Cut(Tensor level, Tensor centres)
    {
        using var scope = NewDisposeScope();
        var windows = level.unfold(2, Side, 1).unfold(3, Side, 1).permute(0, 2, 3, 1, 4, 5); // [N, S-6, S-6, 3, 7, 7], a view
        var picture = TensorIndex.Tensor(centres.select(1, 0));
        var y = TensorIndex.Tensor(centres.select(1, 1) - Reach);
        var x = TensorIndex.Tensor(centres.select(1, 2) - Reach);
        return windows[picture, y, x].reshape(-1, Length).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Takes each colour's mean over all patches away and divides by its standard deviation, in place. A colour
    /// without any deviation becomes 0.
    /// </summary>
    public static void Normalise(Tensor patches)
    {
        using var scope = NewDisposeScope();
        var colours = patches.view(-1, 3, Side * Side);
        colours.sub_(colours.mean([0, 2], keepdim: true));
        var deviation = colours.square().mean([0, 2], keepdim: true).sqrt();
        colours.div_(deviation.clamp_min(1e-12));
    }

    /// <summary>Random centres for pictures of one level, picture by picture: [pictures · each, 3].</summary>
    public static Tensor RandomCentres(int pictures, int each, int side, SeededChance chance, Device device)
    {
        var centres = new long[pictures * each, 3];
        for (var i = 0; i < pictures * each; i++)
        {
            centres[i, 0] = i / each;
            centres[i, 1] = Reach + chance.Below(side - (2 * Reach));
            centres[i, 2] = Reach + chance.Below(side - (2 * Reach));
        }

        return tensor(centres, ScalarType.Int64, device);
    }
}
