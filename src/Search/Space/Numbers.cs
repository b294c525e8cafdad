using System.Globalization;

namespace CatGan.Search;

/// <summary>Numbers as a spec writes them.</summary>
internal static class Numbers
{
    /// <summary>The shortest text that reads back as the same number: <c>5e-5</c>.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture)
        .Replace("E-0", "e-", StringComparison.Ordinal).Replace("E+", "e", StringComparison.Ordinal).Replace('E', 'e');

    /// <summary>Five significant digits, for a score in a sentence: <c>192.59</c>.</summary>
    public static string Brief(double value) => Text(double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    /// <summary>Eight significant digits, which a person can still read, and never outside of the range.</summary>
    public static double Readable(double value, double min, double max) =>
        Math.Clamp(double.Parse(value.ToString("G8", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), min, max);

    /// <summary>The finite number that the text is; null when it is none.</summary>
    public static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    /// <summary>True for equal texts, and for texts of the same number such as <c>1e-4</c> and <c>0.0001</c>.</summary>
    public static bool Same(string a, string b) => a == b || (Parse(a) is { } x && Parse(b) is { } y && x == y);
}
