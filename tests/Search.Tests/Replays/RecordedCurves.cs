using System.Collections.Immutable;
using System.Globalization;

namespace CatGan.Search.Tests;

/// <summary>
/// Curves of real runs: 32x32 cats, hidden 16, batch 32, four presets with eight learning rates over three decades each,
/// 64,000 images, scored at 1,000, 2,000, 4,000 ... 32,000 images and at the end. See curves32.csv beside this file.
/// </summary>
internal static class RecordedCurves
{
    public static RecordedSweep Load()
    {
        using Stream stream = typeof(RecordedCurves).Assembly.GetManifestResourceStream("curves32.csv")!;
        using StreamReader reader = new(stream);
        IEnumerable<string[]> rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.TrimEnd('\r').Split(','));
        return new(
            new("swd", Minimize: true),
            64_000,
            [1000, 2000, 4000, 8000, 16_000, 32_000],
            [.. rows.GroupBy(r => int.Parse(r[0], CultureInfo.InvariantCulture)).OrderBy(g => g.Key).Select((g, i) => Curve(i, [.. g]))]);
    }

    /// <summary>Rows of one experiment by rising images: number, preset, rate, outcome (of the last alone), images, seconds, SWD (empty when it was not finite).</summary>
    private static RecordedCurve Curve(int index, string[][] rows)
    {
        ImmutableArray<RecordedScore> scores = [.. rows.Select(r => new RecordedScore(long.Parse(r[4], CultureInfo.InvariantCulture), Number(r[5])!.Value, Number(r[6])))];
        ExperimentOutcome outcome = Enum.Parse<ExperimentOutcome>(rows[^1][3], ignoreCase: true);
        return new(index, 0, $"{rows[0][1]} lr={rows[0][2]}", scores[..^1], new(outcome, scores[^1].Images, scores[^1].Seconds, scores[^1].Score));
    }

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);
}
