using System.Globalization;
using System.Text.RegularExpressions;

namespace CatGan.Coordinator.Spec;

/// <summary>Numbers as a spec writes them: <c>64</c>, <c>20_000</c>, <c>2e-4</c>, <c>1e6</c>.</summary>
internal static partial class SpecNumber
{
    /// <summary>Largest whole number that a double holds exactly.</summary>
    private const double LargestWhole = 9_007_199_254_740_992;

    /// <summary>The number, or null when the text is none (or not finite).</summary>
    public static double? Parse(string text)
    {
        if (text.Length > 64 || !Form().IsMatch(text))
            return null;
        double value = double.Parse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? value : null;
    }

    /// <summary>The whole number, or null when the text is none; <c>1e6</c> is one, <c>1.5</c> is not.</summary>
    public static long? ParseWhole(string text) =>
        Parse(text) is { } value && Math.Abs(value) <= LargestWhole && value == Math.Truncate(value) ? (long)value : null;

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Write(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[+-]?([0-9]+(_[0-9]+)*)(\.[0-9]*)?([eE][+-]?[0-9]{1,4})?$|^[+-]?\.[0-9]+([eE][+-]?[0-9]{1,4})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
