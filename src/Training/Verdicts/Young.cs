namespace CatGan.Training.Verdicts;

/// <summary>What the verdicts have in common: patience with young runs, and what counts as getting better.</summary>
internal static class Young
{
    /// <summary>Scored reports in a row that must all look bad.</summary>
    public const int Reports = 4;

    /// <summary>Share of the budget before which nothing is flagged.</summary>
    private const double Share = 0.1;

    /// <summary>A better SWD is lower than the best before by more than this share: less is the noise of a quick score.</summary>
    private const double Noise = 0.02;

    /// <summary>The last reports where there are enough of them, each past the young part; else nothing.</summary>
    public static IReadOnlyList<Evidence> Past(IReadOnlyList<Evidence> history)
    {
        IReadOnlyList<Evidence> last = [.. history.TakeLast(Reports)];
        return last.Count == Reports && last[0].Progress >= Share ? last : [];
    }

    /// <summary>True when none of the last reports' SWD beats the best of those before them; false when there is none to compare.</summary>
    public static bool NotImproving(IReadOnlyList<Evidence> history)
    {
        double[] before = [.. history.SkipLast(Reports).Select(e => e.Swd).OfType<double>()];
        double[] last = [.. history.TakeLast(Reports).Select(e => e.Swd).OfType<double>()];
        return before.Length > 0 && last.Length > 0 && last.Min() > before.Min() * (1 - Noise);
    }
}
