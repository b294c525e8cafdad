using System.Globalization;
using CatGan.Abstractions;

namespace CatGan.Coordinator.Watching;

/// <summary>How a status is worded, in the table and in plain lines.</summary>
internal static class StatusWords
{
    /// <summary>Budgets at or above this one stand for "no limit in images".</summary>
    private const long NoLimit = 1_000_000_000_000;

    /// <summary>A number in three or four figures: <c>0.0421</c>, <c>1,234</c>.</summary>
    public static string Score(double? value) => value switch
    {
        null => "",
        { } v when !double.IsFinite(v) => v.ToString(CultureInfo.InvariantCulture),
        { } v when Math.Abs(v) >= 1000 => v.ToString("N0", CultureInfo.InvariantCulture),
        { } v => v.ToString("G4", CultureInfo.InvariantCulture),
    };

    /// <summary>State of an experiment in a word or two.</summary>
    public static string State(ExperimentStatus experiment) => experiment.Phase switch
    {
        ExperimentPhase.Ended => experiment.Outcome?.ToString().ToLowerInvariant() ?? "ended",
        ExperimentPhase.Running => "running",
        _ => experiment.Attempts > 0 ? "waiting again" : "waiting",
    };

    /// <summary>Share of its budget that an experiment has used, 0 to 1; null without a limit in images.</summary>
    public static double? Share(ExperimentStatus experiment) => experiment.BudgetImages is > 0 and < NoLimit
        ? Math.Clamp((double)experiment.Images / experiment.BudgetImages, 0, 1)
        : null;

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

    /// <summary>Time until every experiment has used its budget at the present speed; null when that cannot be told.</summary>
    public static TimeSpan? Left(SweepStatus status)
    {
        if (status.Total == 0 || status.ImagesPerSecond <= 0 || status.BudgetImages / status.Total >= NoLimit)
            return null;
        double each = (double)status.BudgetImages / status.Total;
        double open = (status.Total - status.Ended.Values.Sum()) * each;
        double done = status.Experiments.Where(e => e.Phase != ExperimentPhase.Ended).Sum(e => Math.Min(e.Images, each));
        double seconds = Math.Max(0, open - done) / status.ImagesPerSecond;
        return seconds < 1e8 ? TimeSpan.FromSeconds(seconds) : null;
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
        parts.Add($"{status.Running} running on {status.Slots} slots");
        if (status.ImagesPerSecond > 0)
            parts.Add($"{status.ImagesPerSecond:N0} images/s");
        if (status.Best is { } best)
            parts.Add($"best {best.Metric} {Score(best.Value)} (experiment {best.Experiment})");
        if (status.Phase == SweepPhase.Running && Left(status) is { } left)
            parts.Add($"about {Time(left)} left");
        return string.Join(", ", parts);
    }
}
