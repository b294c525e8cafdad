using System.Numerics;

namespace CatGan.Datasets.Drawn;

/// <summary>Colour of the fur at a place of the head, before light.</summary>
internal readonly struct Coat
{
    private readonly CoatPattern _pattern;
    private readonly Vector3 _first;
    private readonly Vector3 _second;
    private readonly Vector3 _third;
    private readonly uint _seed;
    private readonly float _hair;

    /// <param name="factors">The cat.</param>
    /// <param name="size">Side of the picture: hairs finer than its pixels are left out.</param>
    public Coat(CatFactors factors, int size)
    {
        _pattern = factors.Pattern;
        _seed = factors.Detail;
        _first = Tint(Palette.Of(factors.Fur), _seed);
        _second = Tint(Palette.Of(factors.SecondFur), _seed ^ 0x5bd1e995);
        // A third of the patched cats are calico: white between the two colours.
        _third = _seed % 3 == 0 ? Palette.Of(FurColour.White) : _second;
        _hair = 0.16f * Shape.Clamp01(size / 96f);
    }

    public Vector3 At(float x, float y, bool ear)
    {
        Vector3 colour = _pattern switch
        {
            CoatPattern.Solid => _first,
            CoatPattern.Patches => Patched(x, y),
            _ => Shape.Mix(_first, _second, Share(x, y, ear)),
        };
        float coarse = Shape.Noise(_seed + 11, x * 5, y * 5) - 0.5f;
        float hairs = Shape.Noise(_seed + 12, x * 34, y * 13) - 0.5f;
        return colour * (1 + 0.14f * coarse + _hair * hairs);
    }

    /// <summary>How much of the second colour there is.</summary>
    private float Share(float x, float y, bool ear) => _pattern switch
    {
        CoatPattern.Tabby => Stripes(x, y) * 0.75f,
        CoatPattern.Mask => ear ? 0.95f : 0.9f * (1 - Shape.Step(0.16f, 0.52f, Shape.Length(x * 0.9f, y - 0.2f))),
        CoatPattern.Tuxedo => ear ? 0 : Blaze(x, y),
        CoatPattern.Spots => Spot(x, y) * 0.8f,
        _ => 0,
    };

    private float Stripes(float x, float y)
    {
        float wobble = (Shape.Noise(_seed, x * 4, y * 4) - 0.5f) * 0.5f;
        float ax = MathF.Abs(x);
        float brow = Shape.Step(0.42f, 0.62f, Shape.Wave(ax * 5.2f + y * 0.8f + wobble)) * (1 - Shape.Step(-0.2f, -0.06f, y));
        float cheek = Shape.Step(0.4f, 0.6f, Shape.Wave(y * 5.4f - ax * 1.5f + wobble)) * Shape.Step(0.34f, 0.48f, ax) * Shape.Step(-0.1f, 0.05f, y);
        return MathF.Max(brow, cheek);
    }

    private float Blaze(float x, float y)
    {
        float width = 0.05f + 0.1f * (_seed % 5) / 4f + 0.75f * MathF.Max(0, y - 0.05f);
        return 1 - Shape.Step(width - 0.05f, width + 0.05f, MathF.Abs(x));
    }

    private float Spot(float x, float y)
    {
        // One spot a cell of a lattice, shifted by up to a fifth of a cell.
        float gx = x * 5.5f, gy = y * 5.5f;
        int cx = (int)MathF.Floor(gx), cy = (int)MathF.Floor(gy);
        float dx = gx - cx - 0.5f - 0.4f * (Shape.Lattice(_seed, cx, cy) - 0.5f);
        float dy = gy - cy - 0.5f - 0.4f * (Shape.Lattice(_seed + 1, cx, cy) - 0.5f);
        float radius = 0.18f + 0.12f * Shape.Lattice(_seed + 2, cx, cy);
        return 1 - Shape.Step(radius - 0.1f, radius + 0.1f, Shape.Length(dx, dy));
    }

    private Vector3 Patched(float x, float y)
    {
        float second = Shape.Noise(_seed, x * 2.1f + 7, y * 2.1f);
        float third = Shape.Noise(_seed + 5, x * 1.7f, y * 1.7f + 3);
        Vector3 colour = Shape.Mix(_first, _second, Shape.Step(0.48f, 0.56f, second));
        return Shape.Mix(colour, _third, Shape.Step(0.58f, 0.66f, third));
    }

    /// <summary>No two cats of one colour are quite alike.</summary>
    private static Vector3 Tint(Vector3 colour, uint seed)
    {
        float light = 0.92f + 0.16f * Shape.Lattice(seed, 1, 1);
        float warm = 0.97f + 0.06f * Shape.Lattice(seed, 2, 2);
        return colour * light * new Vector3(warm, 1, 2 - warm);
    }
}
