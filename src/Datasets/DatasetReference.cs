using System.Globalization;
using CatGan.Datasets.Drawn;

namespace CatGan.Datasets;

/// <summary>
/// What a spec names its pictures by: an imported data set's name, or <c>builtin:drawn-cats</c> with optional
/// <c>?count=4096&amp;seed=1</c>.
/// </summary>
public sealed record DatasetReference
{
    /// <summary>The start of every reference to the built-in generator.</summary>
    public const string BuiltIn = "builtin:drawn-cats";

    /// <summary>Sizes of packed pictures, in pixels.</summary>
    public const int MinSize = 16;

    /// <summary>Largest side of packed pictures, in pixels.</summary>
    public const int MaxSize = 256;

    private const int DefaultCount = 4096;
    private const long DefaultSeed = 1;

    private DatasetReference(string text, DrawnCats? drawn) => (Text, Drawn) = (text, drawn);

    /// <summary>The reference as it was written.</summary>
    public string Text { get; }

    /// <summary>The generator; null for an imported data set, whose name is <see cref="Text"/>.</summary>
    public DrawnCats? Drawn { get; }

    /// <summary>Reads a reference.</summary>
    /// <exception cref="DatasetException">It is not well-formed; the message lists every fault.</exception>
    public static DatasetReference Parse(string text) =>
        TryParse(text, out IReadOnlyList<string> faults) ?? throw new DatasetException(string.Join(Environment.NewLine, faults));

    /// <summary>Reads a reference; null and the faults, one sentence each, when it is not well-formed.</summary>
    public static DatasetReference? TryParse(string text, out IReadOnlyList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<string> found = [];
        DatasetReference? reference = null;
        if (text.StartsWith("builtin:", StringComparison.Ordinal))
            reference = ParseBuiltIn(text, found);
        else if (DatasetName.Fault(text) is { } fault)
            found.Add(fault);
        else
            reference = new DatasetReference(text, null);
        faults = found;
        return found.Count == 0 ? reference : null;
    }

    private static DatasetReference ParseBuiltIn(string text, List<string> faults)
    {
        string[] halves = text.Split('?', 2);
        if (halves[0] != BuiltIn)
            faults.Add($"data set '{text}' is unknown, but the only built-in one is {BuiltIn}");
        long count = DefaultCount, seed = DefaultSeed;
        foreach (string option in halves.Length == 2 ? halves[1].Split('&', StringSplitOptions.RemoveEmptyEntries) : [])
        {
            string[] pair = option.Split('=', 2);
            string value = pair.Length == 2 ? pair[1] : "";
            if (pair[0] == "count")
                count = Whole("count", value, 1, DrawnCats.MaxCount, faults);
            else if (pair[0] == "seed")
                seed = Whole("seed", value, 0, long.MaxValue, faults);
            else
                faults.Add($"'{pair[0]}' is no option of {BuiltIn}, but must be count or seed");
        }

        return new DatasetReference(text, new DrawnCats((int)Math.Max(count, 1), seed));
    }

    private static long Whole(string name, string value, long min, long max, List<string> faults)
    {
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= min && number <= max)
            return number;
        faults.Add($"{name} of {BuiltIn} is '{value}', but must be a whole number from {min} to {max}");
        return min;
    }
}
