namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>
/// Statistics on ranks, which a few diverged experiments with absurd scores cannot bend: the Kruskal–Wallis effect size and
/// Spearman's correlation.
/// </summary>
internal static class RankTest
{
    /// <summary>Ranks from 1, equal values at their mean rank.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        double[] ranks = new double[values.Count];
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && values[order[to]] == values[order[from]]; to++)
            {
            }
            for (int i = from; i < to; i++)
                ranks[order[i]] = (from + 1 + to) / 2.0;
        }
        return ranks;
    }

    /// <summary>
    /// The share of the variance of the ranks that groups explain, 0 to 1, corrected for what chance explains:
    /// η² = (H − k + 1) / (n − k) with Kruskal and Wallis' H of k groups of n values, corrected for ties
    /// (Tomczak and Tomczak 2014, "The need to report effect size estimates revisited", table 1).
    /// </summary>
    /// <param name="values">What is explained.</param>
    /// <param name="groups">The group of each value, from 0 on without a gap.</param>
    /// <returns>Null with fewer than two groups, no more values than groups, or values that are all the same.</returns>
    public static double? Explained(IReadOnlyList<double> values, IReadOnlyList<int> groups)
    {
        int n = values.Count, k = groups.Count == 0 ? 0 : groups.Max() + 1;
        if (k < 2 || n <= k)
            return null;
        double ties = values.GroupBy(v => v).Sum(g => Math.Pow(g.Count(), 3) - g.Count());
        double untied = 1 - ties / (Math.Pow(n, 3) - n);
        if (untied <= 0)
            return null;
        double[] ranks = Ranks(values);
        double[] sums = new double[k];
        int[] counts = new int[k];
        for (int i = 0; i < n; i++)
            (sums[groups[i]], counts[groups[i]]) = (sums[groups[i]] + ranks[i], counts[groups[i]] + 1);
        double between = Enumerable.Range(0, k).Sum(g => sums[g] * sums[g] / counts[g]);
        double h = (12.0 / (n * (n + 1.0)) * between - 3 * (n + 1)) / untied;
        return Math.Clamp((h - k + 1) / (n - k), 0, 1);
    }

    /// <summary>Spearman's rank correlation, −1 to 1; null when either side is all the same.</summary>
    public static double? Correlation(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double[] a = Ranks(x), b = Ranks(y);
        double mean = (a.Length + 1) / 2.0;
        double xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < a.Length; i++)
        {
            xy += (a[i] - mean) * (b[i] - mean);
            xx += (a[i] - mean) * (a[i] - mean);
            yy += (b[i] - mean) * (b[i] - mean);
        }
        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : null;
    }
}
