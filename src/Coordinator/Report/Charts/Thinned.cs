using CatGan.Abstractions.Experiments;

namespace CatGan.Coordinator.Report.Charts;

/// <summary>Leaves out points of a long curve without hiding what it does.</summary>
internal static class Thinned
{
    /// <summary>At most about <paramref name="most"/> points; of each stretch the ends of the losses stay, and so does every full score.</summary>
    public static IEnumerable<CurvePoint> Of(IReadOnlyList<CurvePoint> curve, int most)
    {
        if (curve.Count <= most)
            return curve;
        int stretch = (int)Math.Ceiling(curve.Count * 2.0 / most);
        return curve.Chunk(stretch).SelectMany(Keep).Append(curve[^1]).Distinct();
    }

    private static IEnumerable<CurvePoint> Keep(CurvePoint[] stretch)
    {
        CurvePoint low = stretch.MinBy(p => p.LossD ?? 0)!, high = stretch.MaxBy(p => p.LossD ?? 0)!;
        return stretch.Where(p => p == low || p == high || p.Full || p.Flags.Count > 0);
    }
}
