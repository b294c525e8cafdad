using System.Numerics;

namespace CatGan.Datasets.Drawn;

/// <summary>The parts of a head, in its own upright coordinates: its middle at 0, 0 and y down. Left and right are mirrored.</summary>
internal readonly struct Face
{
    private readonly CatFactors _cat;
    private readonly float _pixel;
    private readonly float _wide;
    private readonly Vector3 _iris;
    private readonly Vector3 _nose;
    private readonly Vector3 _muzzle;
    private readonly Ear _ear;

    public Face(CatFactors cat, float pixel)
    {
        _cat = cat;
        _pixel = pixel;
        _wide = cat.HeadWidth;
        _iris = Palette.Of(cat.Eyes);
        bool darkFace = cat.Pattern == CoatPattern.Mask;
        _nose = Palette.Nose(darkFace ? cat.SecondFur : cat.Fur);
        _muzzle = new Vector3(1, 0.98f, 0.95f);
        _ear = cat.Ears switch
        {
            EarShape.Pointed => new Ear(0.5f, -0.84f, 0.03f),
            EarShape.Wide => new Ear(0.66f, -0.76f, 0.045f),
            EarShape.Rounded => new Ear(0.5f, -0.62f, 0.1f),
            _ => new Ear(0.62f, -0.42f, 0.06f),
        };
    }

    public float Head(float x, float y)
    {
        float ax = MathF.Abs(x);
        float skull = Shape.Ellipse(ax, y + 0.02f, 0.57f * _wide, 0.5f);
        float cheek = Shape.Ellipse(ax - 0.34f * _wide, y - 0.22f, 0.27f * _wide, 0.21f);
        float chin = Shape.Ellipse(ax, y - 0.36f, 0.24f, 0.16f);
        return Shape.Join(Shape.Join(skull, cheek, 0.08f), chin, 0.08f);
    }

    public float Ear(float x, float y)
    {
        float ax = MathF.Abs(x) / _wide;
        return Shape.Triangle(ax, y, 0.55f, -0.02f, 0.1f, -0.4f, _ear.TipX, _ear.TipY) - _ear.Round;
    }

    public float InnerEar(float x, float y)
    {
        float ax = MathF.Abs(x) / _wide;
        float tipX = 0.5f * _ear.TipX + 0.5f * (0.7f * _ear.TipX + 0.1f);
        return Shape.Triangle(ax, y, 0.47f, -0.12f, 0.22f, -0.36f, tipX, 0.8f * _ear.TipY - 0.04f) - 0.5f * _ear.Round;
    }

    /// <summary>Muzzle, mouth, nose and eyes over lit fur.</summary>
    public Vector3 Paint(Vector3 fur, float x, float y)
    {
        float ax = MathF.Abs(x);
        float pale = _cat.Pattern == CoatPattern.Mask ? 0.1f : 0.42f;
        float pad = Shape.Ellipse(ax - 0.1f, y - 0.31f, 0.16f, 0.125f);
        Vector3 colour = Shape.Mix(fur, _muzzle, pale * (1 - Shape.Step(-0.07f, 0.03f, pad)));
        float mouth = Shape.LowerArc(ax - 0.085f, y - 0.29f, 0.085f) - 0.012f;
        float line = MathF.Min(mouth, Shape.Segment(ax, y, 0, 0.22f, 0, 0.3f) - 0.01f);
        colour = Shape.Mix(colour, Palette.Ink, 0.8f * Cover(line));
        float nose = Shape.Triangle(ax, y, -0.06f, 0.165f, 0.06f, 0.165f, 0, 0.225f) - 0.025f;
        colour = Shape.Mix(colour, _nose, Cover(nose));
        colour = Shape.Mix(colour, Palette.White, 0.5f * Cover(Shape.Ellipse(x + 0.02f, y - 0.165f, 0.025f, 0.012f)));
        return Eye(colour, x, y);
    }

    private Vector3 Eye(Vector3 colour, float x, float y)
    {
        float ax = MathF.Abs(x) - 0.255f * _wide;
        // The outer corners are higher: the eye is sheared upwards.
        float ey = y + 0.01f + 0.22f * ax;
        float rx = 0.135f * _cat.EyeSize, ry = 0.13f * _cat.EyeSize * _cat.EyeOpening;
        float eye = Shape.Ellipse(ax, ey, rx, ry);
        if (eye > 0.1f)
            return colour;
        colour = Shape.Mix(colour, Palette.Ink, 0.9f * Cover(eye - 0.022f));
        float inside = Cover(eye);
        float down = Shape.Clamp01(0.5f + ey / (2 * ry));
        Vector3 iris = _iris * (0.72f + 0.45f * down);
        float pupilWidth = _cat.Pupils switch { PupilShape.Slit => 0.2f, PupilShape.Oval => 0.4f, _ => 0.68f };
        float pupil = Shape.Ellipse(ax, ey, rx * pupilWidth, MathF.Min(ry * 0.88f, rx * MathF.Max(0.68f, 1 - pupilWidth)));
        iris = Shape.Mix(iris, Palette.Ink * 0.6f, Cover(pupil));
        colour = Shape.Mix(colour, iris, inside);
        // The glint is on the same side of both eyes.
        float gx = MathF.Abs(x) - 0.255f * _wide + (x > 0 ? 0.04f : -0.04f);
        float glint = Shape.Ellipse(gx, ey + 0.4f * ry, 0.034f * _cat.EyeSize, 0.03f * _cat.EyeSize);
        return Shape.Mix(colour, Palette.White, 0.95f * Cover(glint) * inside);
    }

    public Vector3 Whiskers(Vector3 colour, float x, float y)
    {
        if (_cat.Whiskers == WhiskerLength.None || y < 0.05f || y > 0.7f)
            return colour;
        float ax = MathF.Abs(x);
        float reach = _cat.Whiskers == WhiskerLength.Full ? 0.82f : 0.52f;
        float hair = 1;
        for (int i = 0; i < 3; i++)
            hair = MathF.Min(hair, Shape.Segment(ax, y, 0.16f, 0.29f + 0.035f * i, reach, 0.17f + 0.14f * i));
        // A hair thinner than a pixel becomes fainter, not broken.
        float thick = MathF.Max(0.008f, 0.35f * _pixel);
        float strength = 0.75f * (0.008f / thick * 0.5f + 0.5f);
        return Shape.Mix(colour, Palette.White, strength * Cover(hair - thick));
    }

    private float Cover(float distance) => Shape.Clamp01(0.5f - distance / _pixel);
}
