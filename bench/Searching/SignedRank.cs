namespace CatGan.Bench;

/// <summary>Wilcoxon's signed-rank test (1945) of pairs, exact: no distribution of the differences is assumed but symmetry.</summary>
internal static class SignedRank
{
    /// <summary>
    /// The chance of differences at least this much below 0 if the signs were tosses of a coin; pairs without a difference do not count.
    /// </summary>
    public static double Below(IEnumerable<double> differences)
    {
        double[] d = [.. differences.Where(v => v != 0).OrderBy(Math.Abs)];
        // Twice the ranks, so that the mean ranks of ties are whole numbers: ties from i to j, from 1, have i + j.
        int[] ranks = [.. d.Select(v => d.Count(w => Math.Abs(w) < Math.Abs(v)) + 1 + d.Count(w => Math.Abs(w) <= Math.Abs(v)))];
        int observed = ranks.Where((_, i) => d[i] > 0).Sum();
        // The share of the 2^n sign patterns for each sum of positive ranks.
        double[] shares = new double[ranks.Sum() + 1];
        shares[0] = 1;
        int top = 0;
        foreach (int rank in ranks)
        {
            top += rank;
            for (int sum = top; sum >= 0; sum--)
                shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2;
        }
        return Math.Min(1, shares.Take(observed + 1).Sum());
    }
}
