using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Sweeps;
using CatGan.Coordinator.Watching;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan list</c>: the sweeps of a store, the latest first. Needs no silo.</summary>
internal static class ListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> json = CommonOptions.Json("One JSON object a line.");
        Command command = new("list", "List the sweeps of a store, the latest first.") { store, json };
        FilterOptions search = new(command);
        command.SetAction((parse, cancel) => RunAsync(
            surroundings, parse.GetRequiredValue(store), search.Filter(parse), search.Conditions(parse), parse.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        Surroundings surroundings, string storeUri, SweepFilter filter, IReadOnlyList<ResultCondition> conditions, bool json, CancellationToken cancellationToken)
    {
        await using ISweepDesk desk = Desks.Open(surroundings, storeUri, new SiloWishes());
        SweepSearch search = new(filter, conditions);
        SweepListing found = await desk.ListAsync(search, cancellationToken);
        foreach (string note in found.Notes)
            surroundings.Error.WriteLine($"note: {note}");
        IReadOnlyList<SweepRow> rows = found.Sweeps;
        if (rows.Count == 0 && !json)
            surroundings.Error.WriteLine($"no {(search.IsEmpty ? "" : "such ")}sweeps in {found.Where}");
        foreach (string line in json ? rows.Select(r => JsonSerializer.Serialize(r, Json)) : Table(rows))
            surroundings.Out.WriteLine(line);
        return ExitCode.Done;
    }

    private static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static IEnumerable<string> Table(IReadOnlyList<SweepRow> rows)
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
}
