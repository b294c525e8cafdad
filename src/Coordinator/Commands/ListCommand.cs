using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;
using CatGan.Coordinator.Watching;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan list</c>: the sweeps of a store, the latest first. Needs no silo.</summary>
internal static class ListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Option<string> store = CommonOptions.Store(surroundings);
        Option<string?> tag = new("--tag") { Description = "Only sweeps with this tag.", HelpName = "TAG" };
        Option<bool> json = CommonOptions.Json("One JSON object a line.");
        Command command = new("list", "List the sweeps of a store, the latest first.") { store, tag, json };
        command.SetAction((parse, cancel) => RunAsync(surroundings, parse.GetRequiredValue(store), parse.GetValue(tag), parse.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, string storeUri, string? tag, bool json, CancellationToken cancellationToken)
    {
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        List<Row> rows = [];
        foreach (SweepEntry entry in await new SweepDirectory(store).ListAsync(cancellationToken))
        {
            if (await ReadAsync(surroundings, store, entry, cancellationToken) is { } row && (tag is null || row.Tags.Contains(tag)))
                rows.Add(row);
        }
        if (rows.Count == 0 && !json)
            surroundings.Error.WriteLine($"no sweeps{(tag is null ? "" : $" tagged {tag}")} in {store.Uri}");
        foreach (string line in json ? rows.Select(r => JsonSerializer.Serialize(r, Json)) : Table(rows))
            surroundings.Out.WriteLine(line);
        return ExitCode.Done;
    }

    private static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>A sweep whose journal cannot be read is listed too, with the reason on the error stream.</summary>
    private static async Task<Row> ReadAsync(Surroundings surroundings, IBlobStore store, SweepEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            if (await StoredSweep.LoadAsync(store, entry.Id, cancellationToken) is { } sweep)
                return Row.Of(entry, sweep);
        }
        catch (Exception e) when (e is JournalException or SweepFormatException or InvalidOperationException)
        {
            surroundings.Error.WriteLine($"note: {entry.Id} cannot be read: {e.Message}");
        }
        return new(entry.Id, "", "unreadable", entry.SubmittedAt, 0, 0, null, null, []);
    }

    private static IEnumerable<string> Table(List<Row> rows)
    {
        if (rows.Count == 0)
            return [];
        List<string[]> table = [["sweep", "phase", "ended", "best", "submitted", "tags"]];
        table.AddRange(rows.Select(r => (string[])
        [
            r.Sweep, r.Phase, $"{r.Ended}/{r.Experiments}", r.Best is null ? "" : $"{r.Metric} {StatusWords.Score(r.Best)}",
            r.SubmittedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), string.Join(", ", r.Tags),
        ]));
        return TextTable.Lines(table);
    }

    private sealed record Row(
        string Sweep, string Name, string Phase, DateTimeOffset SubmittedAt, int Experiments, int Ended, string? Metric, double? Best, IReadOnlyList<string> Tags)
    {
        public static Row Of(SweepEntry entry, Sweep sweep) => new(
            entry.Id,
            sweep.Definition.Name,
            sweep.Stage.ToString().ToLowerInvariant(),
            sweep.SubmittedAt,
            sweep.Total,
            sweep.EndedCount,
            sweep.Definition.Objective.Metric,
            sweep.Best?.BestScore,
            sweep.Definition.Tags);
    }
}
