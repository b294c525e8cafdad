using System.Numerics;

namespace CatGan.Datasets.Drawn;

/// <summary>What is behind the cat, in the picture's coordinates (-1 to 1, y down).</summary>
internal readonly struct Scenery(CatFactors factors)
{
    private readonly Backdrop _kind = factors.Backdrop;
    private readonly uint _seed = factors.Detail ^ 0x1b873593;
    private readonly Vector3 _colour = Palette.Of(factors.BackdropColour);

    public Vector3 At(float x, float y) => _kind switch
    {
        Backdrop.Plain => _colour,
        Backdrop.Gradient => _colour * (1.12f - 0.28f * (y + 1)),
        Backdrop.Glow => Shape.Mix(Shape.Mix(_colour, Palette.White, 0.45f), _colour * 0.55f, Shape.Step(0.1f, 1.35f, Shape.Length(x, y + 0.2f))),
        Backdrop.Floor => Shape.Mix(_colour, _colour * new Vector3(0.62f, 0.55f, 0.5f), Shape.Step(-0.02f, 0.02f, y - 0.25f)),
        _ => Bokeh(x, y),
    };

    private Vector3 Bokeh(float x, float y)
    {
        Vector3 colour = _colour * 0.7f;
        for (int i = 0; i < 9; i++)
        {
            float dx = x - (2.4f * Shape.Lattice(_seed, i, 0) - 1.2f);
            float dy = y - (2.4f * Shape.Lattice(_seed, i, 1) - 1.2f);
            float radius = 0.12f + 0.2f * Shape.Lattice(_seed, i, 2);
            float disc = 1 - Shape.Step(radius - 0.08f, radius, Shape.Length(dx, dy));
            colour = Shape.Mix(colour, Shape.Mix(_colour, Palette.White, 0.5f), 0.55f * disc);
        }

        return colour;
    }
}
