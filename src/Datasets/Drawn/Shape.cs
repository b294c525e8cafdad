using System.Numerics;
using System.Runtime.CompilerServices;

namespace CatGan.Datasets.Drawn;

/// <summary>
/// Signed distances (negative inside), after I. Quilez, "2D distance functions". Only + - * / and square roots:
/// IEEE 754 rounds these alike everywhere, which sines, fused operations and vector dot products do not promise.
/// </summary>
internal static class Shape
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Length(float x, float y) => MathF.Sqrt(x * x + y * y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Clamp01(float v) => v < 0 ? 0 : v > 1 ? 1 : v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Step(float from, float to, float v)
    {
        float t = Clamp01((v - from) / (to - from));
        return t * t * (3 - 2 * t);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 Mix(Vector3 a, Vector3 b, float t) => a + (b - a) * t;

    /// <summary>An ellipse about the origin; near enough to the true distance for an edge one pixel wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Ellipse(float x, float y, float rx, float ry)
    {
        float k0 = Length(x / rx, y / ry);
        float k1 = Length(x / (rx * rx), y / (ry * ry));
        return k1 < 1e-6f ? -MathF.Min(rx, ry) : k0 * (k0 - 1) / k1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Segment(float x, float y, float ax, float ay, float bx, float by)
    {
        float dx = bx - ax, dy = by - ay;
        float t = Clamp01(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy));
        return Length(x - ax - t * dx, y - ay - t * dy);
    }

    public static float Triangle(float x, float y, float ax, float ay, float bx, float by, float cx, float cy)
    {
        float edge = MathF.Min(Segment(x, y, ax, ay, bx, by), MathF.Min(Segment(x, y, bx, by, cx, cy), Segment(x, y, cx, cy, ax, ay)));
        float s1 = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
        float s2 = (cx - bx) * (y - by) - (cy - by) * (x - bx);
        float s3 = (ax - cx) * (y - cy) - (ay - cy) * (x - cx);
        bool inside = (s1 >= 0 && s2 >= 0 && s3 >= 0) || (s1 <= 0 && s2 <= 0 && s3 <= 0);
        return inside ? -edge : edge;
    }

    /// <summary>The lower half of a circle's line.</summary>
    public static float LowerArc(float x, float y, float radius) =>
        y > 0 ? MathF.Abs(Length(x, y) - radius) : MathF.Min(Length(x - radius, y), Length(x + radius, y));

    /// <summary>Union with a rounded seam of width <paramref name="k"/>.</summary>
    public static float Join(float a, float b, float k)
    {
        float h = Clamp01(0.5f + 0.5f * (b - a) / k);
        return b + (a - b) * h - k * h * (1 - h);
    }

    /// <summary>1 at whole numbers, 0 half way between, straight lines in between.</summary>
    public static float Wave(float v)
    {
        float f = v - MathF.Floor(v);
        return MathF.Abs(2 * f - 1);
    }

    /// <summary>Smooth noise in 0..1 from a lattice of hashed values.</summary>
    public static float Noise(uint seed, float x, float y)
    {
        float fx = MathF.Floor(x), fy = MathF.Floor(y);
        int ix = (int)fx, iy = (int)fy;
        float u = x - fx, v = y - fy;
        u = u * u * (3 - 2 * u);
        v = v * v * (3 - 2 * v);
        float top = Lattice(seed, ix, iy) + (Lattice(seed, ix + 1, iy) - Lattice(seed, ix, iy)) * u;
        float low = Lattice(seed, ix, iy + 1) + (Lattice(seed, ix + 1, iy + 1) - Lattice(seed, ix, iy + 1)) * u;
        return top + (low - top) * v;
    }

    /// <summary>A hashed value in 0..1 for a place on the lattice.</summary>
    public static float Lattice(uint seed, int x, int y)
    {
        uint h = seed ^ ((uint)x * 0x85EBCA6B) ^ ((uint)y * 0xC2B2AE35);
        h = (h ^ (h >> 16)) * 0x7FEB352D;
        h = (h ^ (h >> 15)) * 0x846CA68B;
        return ((h ^ (h >> 16)) >> 8) * (1f / (1 << 24));
    }
}
