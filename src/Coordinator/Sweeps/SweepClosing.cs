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
            throw new UserException(ExitCode.NotFound, $"sweep {sweep} has no journal in {store.Uri}", "it was never taken by a silo; submit it again");
        foreach (string line in Ranking(record, MostRows))
            await output.WriteLineAsync(line);
        await output.WriteLineAsync($"report: {await ReportAsync(surroundings, store, sweep, CancellationToken.None)}");
    }

    /// <summary>Writes the report anew.</summary>
    /// <returns>Its path, or its blob's name where the store has no files.</returns>
    public static async Task<string> ReportAsync(Surroundings surroundings, IBlobStore store, string sweep, CancellationToken cancellationToken) =>
        await new ReportWriter(store, surroundings.Time, CacheFolder.Of(surroundings)).WriteAsync(sweep, cancellationToken)
        ?? throw new UserException(ExitCode.NotFound, $"sweep {sweep} has no journal in {store.Uri}", "it was never taken by a silo; submit it again");

    /// <summary>The configurations, best first, each against the floor of real pictures.</summary>
    internal static IEnumerable<string> Ranking(SweepRecord record, int mostRows)
    {
        ConfigurationLabels labels = new(record.Experiments);
        List<string[]> table = [["place", "experiment", record.Metric, "x real", "images", ""]];
        table.AddRange(record.Ranking.Take(mostRows).Select(r => (string[])
        [
            r.Rank is { } rank ? $"{rank}" : "-",
            labels.Full(r.Best) + (r.Experiments.Length > 1 ? $" ({r.Experiments.Length} seeds)" : ""),
            StatusWords.Score(r.Mean) + (r.Spread is { } spread ? $" ± {StatusWords.Score(spread)}" : ""),
            r.TimesFloor?.ToString("0.0", CultureInfo.InvariantCulture) ?? "",
            r.Best.Images.ToString("N0", CultureInfo.InvariantCulture),
            string.Join("; ", new[] { r.Reason, string.Join(", ", r.Best.Flags.Keys) }.Where(t => t.Length > 0)),
        ]));
        IEnumerable<string> lines = TextTable.Lines(table);
        return record.Ranking.Length > mostRows ? lines.Append($"and {record.Ranking.Length - mostRows} more in the report") : lines;
    }
}
