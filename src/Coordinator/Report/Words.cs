using System.Globalization;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report;

/// <summary>Numbers as a person reads them, in the invariant culture.</summary>
internal static class Words
{
    /// <summary>A score or loss: three significant digits.</summary>
    public static string Score(double? value) => value switch
    {
        null => "–",
        { } v when double.IsNaN(v) => "not a number",
        { } v when double.IsInfinity(v) => v > 0 ? "infinite" : "−infinite",
        { } v => Significant(v),
    };

    /// <summary>A mean and its spread, with as many decimals as the mean has: <c>16.4 ± 0.5</c>.</summary>
    public static string Spread(double? mean, double? spread)
    {
        string text = Score(mean);
        if (spread is not { } value || !double.IsFinite(value) || text.Contains('e', StringComparison.Ordinal))
            return text;
        int decimals = text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return $"{text} ± {value.ToString("F" + decimals, CultureInfo.InvariantCulture)}";
    }

    /// <summary>A count, thousands as k and millions as M: <c>120k</c>.</summary>
    public static string Count(double value) => Math.Abs(value) switch
    {
        >= 999_500_000 => Short(value / 1e9) + "G",
        >= 999_500 => Short(value / 1e6) + "M",
        >= 1_000 => Short(value / 1e3) + "k",
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    /// <summary>A whole count in full with thin groups: <c>9,303</c>.</summary>
    public static string Whole(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A learning rate: <c>2e-4</c>.</summary>
    public static string Rate(double value)
    {
        if (value <= 0 || !double.IsFinite(value))
            return value.ToString("R", CultureInfo.InvariantCulture);
        string text = value.ToString("0.##e0", CultureInfo.InvariantCulture);
        return value is >= 0.01 and < 1000 ? value.ToString("0.####", CultureInfo.InvariantCulture) : text;
    }

    /// <summary>A value against its floor: <c>3.2×</c>.</summary>
    public static string Times(double? value) => value is { } v && double.IsFinite(v) ? Significant(v) + "×" : "–";

    /// <summary>A floor and the number of pictures that it was measured with, which it depends on: <c>7.62 (2,048 pictures)</c>.</summary>
    public static string Floor(double? floor, int pictures) => floor is { } value && double.IsFinite(value) && pictures > 0 ? $"{Score(value)} ({Whole(pictures)} pictures)" : Score(floor);

    /// <summary>What a score of few pictures would be at the usual number: <c>about 5.1× at 2,048 pictures</c>; empty where it is one of that number.</summary>
    public static string AtFullSize(Score? score) => score is { Pictures: < Likenesses.FullPictures } && Likenesses.TimesFullFloor(score) is { } times
        ? $"about {times.ToString("0.0", CultureInfo.InvariantCulture)}× at {Whole(Likenesses.FullPictures)} pictures"
        : "";

    /// <summary>A duration in its two largest units: <c>2 h 5 min</c>.</summary>
    public static string Duration(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e9)) switch
    {
        { TotalSeconds: < 10 } t => t.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalMinutes: < 1 } t => $"{t.TotalSeconds:0} s",
        { TotalHours: < 1 } t => $"{t.Minutes} min {t.Seconds} s",
        { TotalDays: < 1 } t => $"{t.Hours} h {t.Minutes} min",
        { } t => $"{(int)t.TotalDays} d {t.Hours} h",
    };

    /// <summary>A time in UTC, to the minute.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 experiment</c>, <c>12 experiments</c>.</summary>
    public static string Of(long count, string noun) => $"{Whole(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A metric's name as people write it.</summary>
    public static string Metric(string name) => name switch
    {
        "swd" => "SWD",
        "ms_ssim" => "MS-SSIM",
        _ => name,
    };

    private static string Short(double value) =>
        value.ToString(Math.Abs(value) switch { >= 99.95 => "0", >= 9.995 => "0.#", _ => "0.##" }, CultureInfo.InvariantCulture);

    private static string Significant(double value)
    {
        double size = Math.Abs(value);
        if (size is >= 1e6 or (> 0 and < 1e-3))
            return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        return value.ToString(
            size switch { >= 99.95 => "0", >= 9.995 => "0.0", >= 0.9995 => "0.00", >= 0.09995 or 0 => "0.000", >= 0.009995 => "0.0000", _ => "0.00000" }, CultureInfo.InvariantCulture);
    }
}
