using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>
/// Takes points out of a curve so that its line looks the same: the reports are cut into equal buckets, and of each
/// bucket those stay that hold the least or greatest value of a series. The first, the last and every full score stay.
/// (Jugel et al. 2014, M4: a visualization-oriented time series data aggregation, section 4.)
/// </summary>
internal static class CurveThinning
{
    /// <summary>Points when nobody says otherwise.</summary>
    public const int Usual = 500;

    private const int Least = 10;
    private const int Most = 5000;

    /// <summary>The points asked for.</summary>
    /// <exception cref="UserException">Too few or too many.</exception>
    public static int Limit(int? typed) => typed is null or (>= Least and <= Most)
        ? typed ?? Usual
        : throw new UserException(ExitCode.BadInput, $"max_points is {typed}, but must be from {Least} to {Most:N0}");

    /// <summary>At most so many points, unless there are more full scores than that.</summary>
    public static ImmutableArray<CurvePoint> Thin(ImmutableArray<CurvePoint> curve, int maxPoints)
    {
        if (curve.Length <= maxPoints)
            return curve;
        SortedSet<int> kept = [0, curve.Length - 1, .. Enumerable.Range(0, curve.Length).Where(i => curve[i].Full)];
        Func<CurvePoint, double?>[] series = Series(curve);
        int buckets = Math.Max(0, (maxPoints - kept.Count) / (2 * series.Length));
        for (int b = 0; b < buckets; b++)
        {
            int from = (int)((long)curve.Length * b / buckets), to = (int)((long)curve.Length * (b + 1) / buckets);
            foreach (Func<CurvePoint, double?> value in series)
                kept.UnionWith(Extremes(curve, value, from, to));
        }
        return [.. kept.Select(i => curve[i])];
    }

    private static IEnumerable<int> Extremes(ImmutableArray<CurvePoint> curve, Func<CurvePoint, double?> value, int from, int to)
    {
        (int least, int greatest) = (-1, -1);
        for (int i = from; i < to; i++)
        {
            if (value(curve[i]) is not { } v || !double.IsFinite(v))
                continue;
            least = least < 0 || v < value(curve[least]) ? i : least;
            greatest = greatest < 0 || v > value(curve[greatest]) ? i : greatest;
        }
        return least < 0 ? [] : [least, greatest];
    }

    private static Func<CurvePoint, double?>[] Series(ImmutableArray<CurvePoint> curve) =>
    [
        p => p.LossD,
        p => p.LossG,
        .. curve.SelectMany(p => p.Scores.Keys).Distinct().Select(m => (Func<CurvePoint, double?>)(p => p.Scores.TryGetValue(m, out Score? score) ? score.Value : null)),
    ];
}
