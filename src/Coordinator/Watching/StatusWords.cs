using System.Globalization;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;

namespace CatGan.Coordinator.Watching;

/// <summary>How a status is worded, in the table and in plain lines.</summary>
internal static class StatusWords
{
    /// <summary>A number in three or four figures: <c>0.0421</c>, <c>1,234</c>.</summary>
    public static string Score(double? value) => value switch
    {
        null => "",
        { } v when !double.IsFinite(v) => v.ToString(CultureInfo.InvariantCulture),
        { } v when Math.Abs(v) >= 1000 => v.ToString("N0", CultureInfo.InvariantCulture),
        { } v => v.ToString("G4", CultureInfo.InvariantCulture),
    };

    /// <summary>State of an experiment in a word or two. What waits in a sweep that is paused waits for a person.</summary>
    public static string State(ExperimentStatus experiment, SweepPhase sweep) => experiment.Phase switch
    {
        ExperimentPhase.Ended => experiment.Outcome?.ToString().ToLowerInvariant() ?? "ended",
        ExperimentPhase.Running => "running",
        ExperimentPhase.Paused => "paused",
        _ when experiment.Attempts == 0 => "waiting",
        _ => sweep is SweepPhase.Paused or SweepPhase.Pausing ? "paused" : "waiting again",
    };

    /// <summary>
    /// How far an experiment is in its budget: <c>500 of 1,000 images</c>, <c>500 images, no limit in images, 12 s of
    /// 20 min 00 s</c>. Batches are whole, so that the last one may go past the budget.
    /// </summary>
    public static string Progress(ExperimentStatus experiment, TimeSpan? time)
    {
        string images = experiment switch
        {
            { BudgetImages: >= TrainingPlan.NoLimit } => $"{experiment.Images:N0} images, no limit in images",
            _ when experiment.Images > experiment.BudgetImages => $"{experiment.Images:N0} images (the budget of {experiment.BudgetImages:N0} in whole batches)",
            _ => $"{experiment.Images:N0} of {experiment.BudgetImages:N0} images",
        };
        return time is { } limit ? $"{images}, {Time(TimeSpan.FromSeconds(experiment.Seconds))} of {Time(limit)}" : images;
    }

    /// <summary>Share of its budget that an experiment has used, of images or of time, whichever it comes to the end of first, 0 to 1; null without one.</summary>
    public static double? Share(ExperimentStatus experiment, TimeSpan? time = null) => Share(experiment.Images, experiment.BudgetImages, experiment.Seconds, time);

    /// <inheritdoc cref="Share(ExperimentStatus, TimeSpan?)"/>
    public static double? Share(long images, long budget, double seconds, TimeSpan? time)
    {
        double? ofImages = budget is > 0 and < TrainingPlan.NoLimit ? Math.Clamp((double)images / budget, 0, 1) : null;
        double? ofTime = time is { TotalSeconds: > 0 and var limit } ? Math.Clamp(seconds / limit, 0, 1) : null;
        return ofImages is { } a && ofTime is { } b ? Math.Max(a, b) : ofImages ?? ofTime;
    }

    /// <summary>The preset, and the parameters of an experiment that differ between the listed ones: <c>dcgan lr_d=1e-05</c>.</summary>
    public static string Parameters(ExperimentStatus experiment, IReadOnlySet<string> varying) =>
        string.Join(' ', experiment.Parameters.Where(p => p.Key == "preset" || varying.Contains(p.Key)).OrderBy(p => p.Key == "preset" ? "" : p.Key, StringComparer.Ordinal)
            .Select(p => p.Key == "preset" ? p.Value : $"{p.Key}={p.Value}"));

    /// <summary>Names of parameters that do not have one value in all listed experiments.</summary>
    public static IReadOnlySet<string> Varying(SweepStatus status)
    {
        int count = status.Experiments.Length;
        return status.Experiments.SelectMany(e => e.Parameters).GroupBy(p => p.Key)
            .Where(g => count == 1 || g.Count() < count || g.Select(p => p.Value).Distinct().Count() > 1)
            .Select(g => g.Key).ToHashSet();
    }

    /// <summary><c>2 h 05 min</c>, <c>3 min 20 s</c>, <c>12 s</c>.</summary>
    public static string Time(TimeSpan time) => time.TotalHours >= 1
        ? $"{(int)time.TotalHours} h {time.Minutes:00} min"
        : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds:00} s" : $"{Math.Max(0, (int)time.TotalSeconds)} s";

    /// <summary>One line: phase, counts, speed, best so far, time left.</summary>
    public static string Summary(SweepStatus status)
    {
        List<string> parts = [$"{status.Phase.ToString().ToLowerInvariant()}: {status.Ended.Values.Sum()} of {status.Total} ended"];
        parts.AddRange(status.Ended.Where(e => e.Value > 0).Select(e => $"{e.Value} {e.Key.ToString().ToLowerInvariant()}"));
        parts.Add($"{status.Running} running on {status.Slots} {(status.Slots == 1 ? "slot" : "slots")}");
        parts.AddRange(Open(status));
        if (status.ImagesPerSecond > 0)
            parts.Add($"{status.ImagesPerSecond:N0} images/s");
        if (status.Best is { } best)
            parts.Add($"best {best.Metric} {Score(best.Value)} (experiment {best.Experiment})");
        if (status.Phase == SweepPhase.Running && TimeLeft.Of(status) is { } left)
            parts.Add($"about {Time(left)} left");
        if (status.Hold is { } hold)
            parts.Add($"waits for the store: {hold}");
        return string.Join(", ", parts);
    }

    /// <summary>What has neither ended nor runs: paused, waiting again, not begun. A page of running ones does not tell the last two apart.</summary>
    private static IEnumerable<string> Open(SweepStatus status)
    {
        int left = Math.Max(0, status.Total - status.Ended.Values.Sum() - status.Running - status.Paused);
        int again = status.Experiments.Count(e => e is { Phase: ExperimentPhase.Waiting, Attempts: > 0 });
        bool pausing = status.Phase is SweepPhase.Paused or SweepPhase.Pausing;
        int paused = status.Paused + (pausing ? again : 0);
        if (paused > 0)
            yield return $"{paused} paused";
        if (again > 0 && !pausing)
            yield return $"{again} waiting again";
        if (left > again)
            yield return $"{left - again} {(status.Total > StatusStream.Page && status.Experiments.All(e => e.Phase == ExperimentPhase.Running) ? "waiting" : "not begun")}";
    }
}
