using System.Collections.Immutable;

namespace CatGan.Search;

/// <summary>What parameters that are intervals have in common.</summary>
internal static class Interval
{
    /// <summary>The values at evenly spaced places from 0 to 1; empty without <paramref name="points"/>.</summary>
    public static ImmutableArray<string> GridValues(int? points, Func<double, string> at) =>
        points is { } n ? [.. Enumerable.Range(0, n).Select(i => at(i / (n - 1.0))).Distinct()] : [];

    /// <summary>The number at this place of a geometric scale from <paramref name="min"/> (0) to <paramref name="max"/> (1).</summary>
    public static double Geometric(double min, double max, double place) => Math.Exp((Math.Log(min) * (1 - place)) + (Math.Log(max) * place));
}
