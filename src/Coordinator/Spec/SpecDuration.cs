using System.Globalization;
using System.Text.RegularExpressions;

namespace CatGan.Coordinator.Spec;

/// <summary>Times as a spec writes them: <c>90s</c>, <c>20m</c>, <c>1h30m</c>, <c>2d</c>.</summary>
internal static partial class SpecDuration
{
    /// <summary>What a message says that a time looks like.</summary>
    public const string Form = "a time such as 90s, 20m, 1h30m or 2d";

    /// <summary>The time, or null when the text is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        Match match = Pattern().Match(text);
        if (text.Length == 0 || !match.Success)
            return null;
        double Part(string name) => match.Groups[name].Success ? double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        return TimeSpan.FromSeconds((((Part("d") * 24 + Part("h")) * 60 + Part("m")) * 60) + Part("s"));
    }

    /// <summary>The time in the same form.</summary>
    public static string Write(TimeSpan time)
    {
        string text = (time.Days > 0 ? $"{time.Days}d" : "") + (time.Hours > 0 ? $"{time.Hours}h" : "")
            + (time.Minutes > 0 ? $"{time.Minutes}m" : "") + (time.Seconds > 0 ? $"{time.Seconds}s" : "");
        return text.Length > 0 ? text : "0s";
    }

    [GeneratedRegex(@"^((?<d>[0-9]{1,5})d)?((?<h>[0-9]{1,6})h)?((?<m>[0-9]{1,7})m)?((?<s>[0-9]{1,9})s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
