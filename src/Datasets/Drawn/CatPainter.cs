using System.Numerics;

namespace CatGan.Datasets.Drawn;

/// <summary>
/// Paints one cat at one size, pixel by pixel from back to front. Every edge is a signed distance spread over
/// one pixel, so that it is smooth at every size.
/// </summary>
internal sealed class CatPainter
{
    private readonly CatFactors _cat;
    private readonly Coat _coat;
    private readonly Scenery _scenery;
    private readonly Face _face;
    private readonly int _size;
    private readonly float _cos;
    private readonly float _sin;
    private readonly float _pixel;
    private readonly Vector2 _light;

    public CatPainter(CatFactors cat, int size)
    {
        _cat = cat;
        _size = size;
        _coat = new Coat(cat, size);
        _scenery = new Scenery(cat);
        _pixel = 2f / (size * cat.Zoom);
        _face = new Face(cat, _pixel);
        float a = cat.TiltDegrees * 0.017453293f;
        // Taylor series: good to 1e-7 for the tilts there are.
        _sin = a * (1 - a * a / 6 * (1 - a * a / 20));
        _cos = MathF.Sqrt(1 - _sin * _sin);
        _light = cat.Light switch
        {
            LightFrom.Left => new Vector2(-0.9f, -0.45f),
            LightFrom.Right => new Vector2(0.9f, -0.45f),
            _ => new Vector2(0, -1),
        };
    }

    /// <summary>Paints into [3, S, S] bytes.</summary>
    public void Paint(Span<byte> pixels)
    {
        int plane = _size * _size;
        for (int row = 0; row < _size; row++)
        {
            for (int column = 0; column < _size; column++)
            {
                Vector3 colour = At((2 * column + 1f) / _size - 1, (2 * row + 1f) / _size - 1) * _cat.Brightness;
                int i = row * _size + column;
                pixels[i] = Quantize(colour.X);
                pixels[plane + i] = Quantize(colour.Y);
                pixels[2 * plane + i] = Quantize(colour.Z);
            }
        }
    }

    private static byte Quantize(float v) => (byte)(Shape.Clamp01(v) * 255 + 0.5f);

    private Vector3 At(float u, float v)
    {
        float dx = (u - _cat.OffsetX) / _cat.Zoom, dy = (v - 0.1f - _cat.OffsetY) / _cat.Zoom;
        float x = _cos * dx + _sin * dy, y = _cos * dy - _sin * dx;
        Vector3 colour = Body(_scenery.At(u, v), dx, dy);
        colour = Ears(colour, x, y);
        float head = _face.Head(x, y);
        float inside = Cover(head);
        if (inside > 0)
            colour = Shape.Mix(colour, _face.Paint(Lit(_coat.At(x, y, ear: false), x, y, head), x, y), inside);
        return _face.Whiskers(colour, x, y);
    }

    /// <summary>Chest and shoulders, which do not tilt with the head.</summary>
    private Vector3 Body(Vector3 colour, float x, float y)
    {
        float body = Shape.Ellipse(x, y - 1.12f, 0.72f * _cat.HeadWidth, 0.72f);
        float inside = Cover(body);
        if (inside <= 0)
            return colour;
        float shadow = 0.62f + 0.3f * Shape.Step(0.5f, 1.1f, y);
        return Shape.Mix(colour, _coat.At(x * 0.8f, y - 0.4f, ear: false) * shadow, inside);
    }

    private Vector3 Ears(Vector3 colour, float x, float y)
    {
        float ear = _face.Ear(x, y);
        float inside = Cover(ear);
        if (inside <= 0)
            return colour;
        Vector3 fur = Lit(_coat.At(x, y, ear: true), x, y, ear) * 0.95f;
        Vector3 pink = Shape.Mix(fur, new Vector3(0.86f, 0.6f, 0.58f), 0.75f) * (0.8f + 0.25f * Shape.Step(-0.4f, -0.8f, y));
        return Shape.Mix(colour, Shape.Mix(fur, pink, Cover(_face.InnerEar(x, y))), inside);
    }

    /// <summary>Light from a side, and an edge that turns away from it.</summary>
    private Vector3 Lit(Vector3 fur, float x, float y, float distance)
    {
        float side = 1 + 0.3f * (_light.X * x + _light.Y * y);
        float edge = Shape.Clamp01(1 + distance / 0.16f);
        return fur * (side * (1 - 0.3f * edge * edge));
    }

    private float Cover(float distance) => Shape.Clamp01(0.5f - distance / _pixel);
}
