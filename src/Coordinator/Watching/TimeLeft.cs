using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;

namespace CatGan.Coordinator.Watching;

/// <summary>
/// How long a sweep still needs. Each experiment ends at whichever of its two budgets comes first, so the smaller of
/// the two estimates holds.
/// </summary>
internal static class TimeLeft
{
    private const double Endless = 1e8;

    /// <summary>The time left; null when it cannot be told.</summary>
    public static TimeSpan? Of(SweepStatus status)
    {
        double seconds = Math.Min(ByImages(status), ByTime(status));
        return seconds < Endless ? TimeSpan.FromSeconds(seconds) : null;
    }

    // Of those that a pruner has paused nobody knows whether they go on; most do not.
    private static int Open(SweepStatus status) => status.Total - status.Paused - status.Ended.Values.Sum();

    private static IEnumerable<ExperimentStatus> Listed(SweepStatus status) => status.Experiments.Where(e => e.Phase is not (ExperimentPhase.Ended or ExperimentPhase.Paused));

    /// <summary>Until every experiment has used its images at the present speed.</summary>
    private static double ByImages(SweepStatus status)
    {
        if (status.Total == 0 || status.ImagesPerSecond <= 0 || status.BudgetImages / status.Total >= TrainingPlan.NoLimit)
            return double.PositiveInfinity;
        double each = (double)status.BudgetImages / status.Total;
        double done = Listed(status).Sum(e => Math.Min(e.Images, each));
        return Math.Max(0, Open(status) * each - done) / status.ImagesPerSecond;
    }

    /// <summary>Until every experiment has used its time, as many at once as run now; no sooner than the one that has most of it left.</summary>
    private static double ByTime(SweepStatus status)
    {
        if (status.BudgetTime is not { TotalSeconds: var each } || status.Running == 0)
            return double.PositiveInfinity;
        double[] listed = [.. Listed(status).Select(e => Math.Max(0, each - e.Seconds))];
        int unlisted = Math.Max(0, Open(status) - listed.Length);
        double longest = unlisted > 0 ? each : listed.DefaultIfEmpty().Max();
        return Math.Max(longest, (listed.Sum() + unlisted * each) / status.Running);
    }
}
