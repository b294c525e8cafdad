using System.Globalization;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Live;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>How much a parameter has to do with the score.</summary>
/// <param name="Parameter">Its name in the spec.</param>
/// <param name="Share">Share of the variance of the score's ranks that its values explain, 0 to 1 (<see cref="RankTest.Explained"/>).</param>
/// <param name="Direction">Rank correlation with how good the score is: above 0 when more is better; null for words.</param>
/// <param name="Groups">Its values, or ranges of them, best first.</param>
/// <param name="Experiments">Experiments compared.</param>
internal sealed record Importance(string Parameter, double Share, double? Direction, IReadOnlyList<ImportanceGroup> Groups, int Experiments)
{
    // More values of a number than this are put together into so many ranges of equally many experiments.
    private const int MostValues = 8;
    private const int Ranges = 5;

    /// <summary>All parameters that differ between experiments, the most telling first. What diverged counts as worse than any score.</summary>
    public static IReadOnlyList<Importance> Of(SweepView view) =>
        Of([.. view.Summary.Values.Where(v => v.Value.Length > 1).Select(v => v.Key)], view.Record.Experiments, view.Definition.Objective.Minimize);

    /// <inheritdoc cref="Of(SweepView)"/>
    public static IReadOnlyList<Importance> Of(IReadOnlyList<string> parameters, IReadOnlyList<ExperimentRecord> experiments, bool minimize)
    {
        (ExperimentRecord Experiment, double Goodness)[] known =
        [
            .. experiments.Where(e => e.Best is not null || e.Outcome == Outcome.Diverged)
                .Select(e => (e, e.Best is { } best ? (minimize ? -best.Score.Value : best.Score.Value) : double.NegativeInfinity)),
        ];
        return [.. parameters.Select(p => Of(p, [.. known.Where(k => k.Experiment.Settings.ContainsKey(p)).Select(k => (k.Experiment.Settings[p], k.Goodness))])).OfType<Importance>().OrderByDescending(i => i.Share)];
    }

    private static Importance? Of(string parameter, (string Value, double Goodness)[] experiments)
    {
        double[] numbers = [.. experiments.Select(e => double.TryParse(e.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double n) ? n : double.NaN)];
        bool numeric = numbers.All(double.IsFinite);
        string[] labels = numeric && numbers.Distinct().Count() > MostValues ? Binned(numbers) : [.. experiments.Select(e => e.Value)];
        string[] distinct = [.. labels.Distinct()];
        double[] goodness = [.. experiments.Select(e => e.Goodness)];
        if (RankTest.Explained(goodness, [.. labels.Select(l => Array.IndexOf(distinct, l))]) is not { } share)
            return null;
        double[] ranks = RankTest.Ranks([.. goodness.Select(g => -g)]);
        ImportanceGroup[] groups =
        [
            .. labels.Zip(ranks, goodness).GroupBy(t => t.First)
                .Select(g => new ImportanceGroup(g.Key, g.Count(), g.Average(t => t.Second), g.Max(t => t.Third) is var best && double.IsFinite(best) ? Math.Abs(best) : null))
                .OrderBy(g => g.MeanRank),
        ];
        return new(parameter, share, numeric ? RankTest.Correlation(numbers, goodness) : null, groups, experiments.Length);
    }

    private static string[] Binned(double[] numbers)
    {
        double[] ranks = RankTest.Ranks(numbers);
        int[] bins = [.. ranks.Select(r => Math.Min(Ranges - 1, (int)((r - 0.5) * Ranges / numbers.Length)))];
        Dictionary<int, string> names = bins.Zip(numbers).GroupBy(b => b.First).ToDictionary(g => g.Key, g => $"{Short(g.Min(v => v.Second))} … {Short(g.Max(v => v.Second))}");
        return [.. bins.Select(b => names[b])];
    }

    private static string Short(double value) => Math.Abs(value) is > 0 and < 0.01 ? Report.Words.Rate(value) : value.ToString("G4", CultureInfo.InvariantCulture);
}

/// <summary>The experiments with one value of a parameter, or a range of values.</summary>
/// <param name="Value">The value or range.</param>
/// <param name="Experiments">Experiments that have it.</param>
/// <param name="MeanRank">Mean of their ranks among all, 1 for the best.</param>
/// <param name="Best">The best score among them; null when none has one.</param>
internal sealed record ImportanceGroup(string Value, int Experiments, double MeanRank, double? Best);
