using CatGan.Abstractions.Experiments;
using CatGan.Search;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>Where the full scores of all experiments of a large sweep lie at each rung, beside the few lines that are drawn.</summary>
internal static class CourseSpread
{
    private const int Fewest = 5;

    /// <summary>Images, 10th percentile, median, 90th percentile and count, a row a rung that enough experiments reached.</summary>
    /// <param name="definition">The sweep, for its rungs and budget: scores are counted to the nearest of these.</param>
    /// <param name="lines">Images, value and whether the score is a full one, of each experiment.</param>
    public static double[][] Of(SweepDefinition definition, double[][][] lines)
    {
        long[] rungs = [.. definition.Rungs, .. definition.BudgetImages < TrainingPlan.NoLimit ? (long[])[definition.BudgetImages] : []];
        if (rungs.Length == 0)
            return [];
        return
        [
            .. lines.SelectMany(l => l).Where(p => p[2] > 0).GroupBy(p => rungs.MinBy(r => Math.Abs(r - p[0])), p => p[1]).Where(g => g.Count() >= Fewest).OrderBy(g => g.Key)
                .Select(g => Row(g.Key, [.. g.Order()])),
        ];
    }

    private static double[] Row(long images, double[] sorted) => [images, At(sorted, 0.1), At(sorted, 0.5), At(sorted, 0.9), sorted.Length];

    // Linear between neighbours, as Hyndman and Fan's type 7.
    private static double At(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        double next = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return sorted[below] + (place - below) * (next - sorted[below]);
    }
}
