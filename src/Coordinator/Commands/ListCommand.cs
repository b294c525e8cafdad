using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Sweeps;
using CatGan.Coordinator.Watching;
using CatGan.Storage;

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
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        List<SweepRow> rows = [];
        foreach (FoundSweep found in await new SweepFinder(store).FindAsync(filter, cancellationToken))
        {
            // A sweep whose journal cannot be read is listed too, with the reason on the error stream.
            if (found.Fault is { } fault)
                surroundings.Error.WriteLine($"note: {found.Entry.Id} cannot be read: {fault}");
            if (conditions.Count == 0 || await HasAsync(store, found, filter, conditions, cancellationToken))
                rows.Add(SweepRow.Of(found));
        }
        if (rows.Count == 0 && !json)
            surroundings.Error.WriteLine($"no {(filter.IsEmpty && conditions.Count == 0 ? "" : "such ")}sweeps in {store.Uri}");
        foreach (string line in json ? rows.Select(r => JsonSerializer.Serialize(r, Json)) : Table(rows))
            surroundings.Out.WriteLine(line);
        return ExitCode.Done;
    }

    private static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>True when some experiment of the sweep is what was asked for, as far as its journal tells.</summary>
    private static async Task<bool> HasAsync(
        IBlobStore store, FoundSweep found, SweepFilter filter, IReadOnlyList<ResultCondition> conditions, CancellationToken cancellationToken)
    {
        if (found.Summary is null || await StoredSweep.LoadAsync(store, found.Entry.Id, cancellationToken) is not { } sweep)
            return false;
        ResultTable table = ResultTable.Of(SweepRecords.Of(
            found.Entry.Id, sweep, [.. sweep.Experiments.Select(e => ExperimentRecords.Of(e, sweep.Definition.Objective, [], []))]));
        Func<ResultRow, bool>[] tests = [.. conditions.Select(c => c.Against(table.Columns))];
        return table.Rows.Any(r => filter.IsVariant(r) && tests.All(t => t(r)));
    }

    private static IEnumerable<string> Table(List<SweepRow> rows)
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
