using System.Globalization;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Report;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Watching;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>What a person is left with when a sweep has ended: its ranking and its report.</summary>
internal static class SweepClosing
{
    private const int MostRows = 20;

    /// <summary>Writes the report, then prints the ranking and where the report is.</summary>
    public static async Task WriteAsync(Surroundings surroundings, IBlobStore store, string sweep, TextWriter output)
    {
        if (await new SweepReader(store).ReadAsync(sweep, CancellationToken.None) is not { } record)
            throw StoredSweep.NoJournal(store, sweep);
        foreach (string line in Ranking(record, MostRows))
            await output.WriteLineAsync(line);
        await output.WriteLineAsync($"report: {await ReportAsync(surroundings, store, sweep, CancellationToken.None)}");
    }

    /// <summary>Writes the report anew.</summary>
    /// <returns>Its path, or its blob's name where the store has no files.</returns>
    public static async Task<string> ReportAsync(Surroundings surroundings, IBlobStore store, string sweep, CancellationToken cancellationToken) =>
        await new ReportWriter(store, surroundings.Time, CacheFolder.Of(surroundings)).WriteAsync(sweep, cancellationToken)
        ?? throw StoredSweep.NoJournal(store, sweep);

    /// <summary>The configurations, best first, each against the floor of real pictures; then what to think of it.</summary>
    internal static IEnumerable<string> Ranking(SweepRecord record, int mostRows)
    {
        ConfigurationLabels labels = new(record.Experiments);
        List<string[]> table = [["place", "experiment", record.Metric, "x real", "images", "note"]];
        table.AddRange(record.Ranking.Take(mostRows).Select(r => (string[])
        [
            r.Rank is { } rank ? $"{rank}" : "-",
            labels.Full(r.Best) + (r.Experiments.Length > 1 ? $" ({r.Experiments.Length} seeds)" : ""),
            StatusWords.Score(r.Shown) + (r.Spread is { } spread ? $" ± {StatusWords.Score(spread)}" : ""),
            r.ShownTimesFloor?.ToString("0.0", CultureInfo.InvariantCulture) ?? "",
            r.Best.Images.ToString("N0", CultureInfo.InvariantCulture),
            string.Join("; ", new[] { Interim(r), r.Reason, string.Join(", ", r.Best.Flags.Keys) }.Where(t => t.Length > 0)),
        ]));
        foreach (string line in TextTable.Lines(table))
            yield return line;
        if (record.Ranking.Length > mostRows)
            yield return $"and {record.Ranking.Length - mostRows} more in the report";
        foreach (string line in Remarks(record))
            yield return line;
    }

    private static string Interim(ConfigurationRank rank) => !rank.IsInterim ? "" : rank.Mean is null ? "interim: a quick score" : "interim";

    /// <summary>What the numbers alone do not say: how much is open, and how far the best is from real pictures.</summary>
    private static IEnumerable<string> Remarks(SweepRecord record)
    {
        int ended = record.Experiments.Count(e => e.Outcome is not null), begun = record.Experiments.Count(e => e.Attempts > 0 && e.Outcome is null);
        int total = Math.Max(record.Total, record.Experiments.Length), open = Math.Max(0, total - ended - begun);
        if (ended < total)
            yield return $"{ended:N0} of {total:N0} experiments have ended, {begun:N0} {(begun == 1 ? "has" : "have")} begun and not ended, {open:N0} {(open == 1 ? "has" : "have")} not begun";
        if (record.Ranking.FirstOrDefault(r => r.Shown is not null) is not { ShownTimesFloor: { } times } best)
            yield break;
        string far = $"{times.ToString("0.0", CultureInfo.InvariantCulture)} times the floor that {(best.Pictures > 0 ? $"{best.Pictures:N0} " : "")}real pictures reach";
        if (best.Likeness == Likeness.NotYet)
            yield return $"the best of these is {far}: not cats yet";
        else if (best.Likeness == Likeness.Rough)
            yield return $"the best of these is {far}: rough cats";
    }
}
