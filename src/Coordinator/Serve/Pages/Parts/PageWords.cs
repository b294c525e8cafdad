using System.Globalization;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Report;
using CatGan.Search;

namespace CatGan.Coordinator.Serve.Pages.Parts;

/// <summary>How the pages word what reports and the command line have no words for.</summary>
internal static class PageWords
{
    /// <summary>How long ago, in one unit: <c>3 min ago</c>. The same as <c>ago</c> in wwwroot/js/words.js.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalSeconds: < 10 } => "just now",
        { TotalMinutes: < 1 } t => $"{(int)t.TotalSeconds} s ago",
        { TotalHours: < 1 } t => $"{(int)t.TotalMinutes} min ago",
        { TotalDays: < 1 } t => $"{(int)t.TotalHours} h ago",
        var t => $"{(int)t.TotalDays} d ago",
    };

    /// <summary>Class, sign and word of a sweep's stage.</summary>
    public static (string Class, string Sign, string Word) Of(SweepStage stage) => stage switch
    {
        SweepStage.Running => ("v-busy", "▶", "running"),
        SweepStage.Pausing => ("v-warn", "❚❚", "pausing"),
        SweepStage.Paused => ("v-warn", "❚❚", "paused"),
        SweepStage.Cancelling => ("v-bad", "✕", "cancelling"),
        SweepStage.Cancelled => ("v-bad", "✕", "cancelled"),
        _ => ("v-good", "✓", "finished"),
    };

    /// <summary>The class of a verdict on a page, where what runs is told apart from what waits.</summary>
    public static string Class(Report.Verdict verdict, ExperimentPhase phase) => phase == ExperimentPhase.Running && verdict.Class == "v-open" ? "v-busy" : verdict.Class;

    /// <summary>An outcome in words.</summary>
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Completed => "completed",
        Outcome.Stopped => "stopped early",
        Outcome.Diverged => "diverged",
        Outcome.OutOfMemory => "out of memory",
        Outcome.Failed => "failed",
        Outcome.Cancelled => "cancelled",
        _ => outcome.ToString(),
    };

    /// <summary>A value of a setting: numbers short, learning rates as powers of ten.</summary>
    public static string Value(string? value) =>
        value is null ? "" : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && (Math.Abs(number) is > 0 and < 0.01 || IsLong(value)) ? Words.Rate(number) : value;

    // What a sampler drew has more digits than anybody reads.
    private static bool IsLong(string value) => value.Length > 7 && value.Contains('.', StringComparison.Ordinal);

    /// <summary>The beginning of a text, cut between words, and the rest of it; empty where the text is short.</summary>
    public static (string Head, string Tail) Cut(string text)
    {
        const int Most = 160;
        if (text.Length <= Most * 5 / 4)
            return (text, "");
        int at = text.LastIndexOf(' ', Most);
        return at > Most / 2 ? (text[..at].TrimEnd(',', ';', ':', '.'), text[(at + 1)..]) : (text[..Most], text[Most..]);
    }

    /// <summary>What each experiment may use: <c>60,000 images</c>, <c>no limit in images, at most 20 s</c>.</summary>
    public static string Budget(SweepDefinition sweep) =>
        (sweep.BudgetImages < TrainingPlan.NoLimit ? $"{Words.Whole(sweep.BudgetImages)} images" : "no limit in images") + (sweep.BudgetTime is { } time ? $", at most {Words.Duration(time.TotalSeconds)}" : "");

    /// <summary>A count of bytes: <c>3.2 MB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        >= 1_000_000_000 => $"{(bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture)} GB",
        >= 1_000_000 => $"{(bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture)} MB",
        >= 1_000 => $"{(bytes / 1e3).ToString("0.0", CultureInfo.InvariantCulture)} kB",
        _ => $"{bytes} B",
    };

    /// <summary>A number as an attribute or JSON holds it.</summary>
    public static string Plain(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
