using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;
using CatGan.Datasets;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan data list</c>: the data sets of a store.</summary>
internal static class DataListCommand
{
    private static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> json = CommonOptions.Json("One JSON object a line, with all provenance.");
        Command command = new("list", "List the data sets of a store.") { store, json };
        command.SetAction((parse, cancel) => RunAsync(surroundings, parse.GetRequiredValue(store), parse.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, string storeUri, bool json, CancellationToken cancellationToken)
    {
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        IReadOnlyList<DatasetInfo> sets = await DatasetCatalogue.ListAsync(store, cancellationToken, fault => surroundings.Error.WriteLine($"note: {fault.Message}"));
        if (json)
        {
            foreach (DatasetInfo set in sets)
                surroundings.Out.WriteLine(JsonSerializer.Serialize(set, Json));
            return ExitCode.Done;
        }
        foreach (string line in Table(sets))
            surroundings.Out.WriteLine(line);
        surroundings.Error.WriteLine($"{(sets.Count == 0 ? $"no data sets in {store.Uri}; " : "")}built in: {DatasetReference.BuiltIn}, any size from {DatasetReference.MinSize} to {DatasetReference.MaxSize}");
        return ExitCode.Done;
    }

    private static IEnumerable<string> Table(IReadOnlyList<DatasetInfo> sets)
    {
        if (sets.Count == 0)
            return [];
        List<string[]> table = [["name", "size", "pictures", "MiB", "content", "layout", "from", "imported"]];
        table.AddRange(sets.Select(Row));
        int[] widths = [.. Enumerable.Range(0, table[0].Length).Select(c => table.Max(r => r[c].Length))];
        return table.Select(row => string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd());
    }

    private static string[] Row(DatasetInfo set) =>
    [
        set.Name,
        set.Size.ToString(CultureInfo.InvariantCulture),
        set.Count.ToString("N0", CultureInfo.InvariantCulture),
        (set.Bytes / 1048576.0).ToString("N1", CultureInfo.InvariantCulture),
        set.ContentHash[..12],
        set.Provenance.GetValueOrDefault("layout", ""),
        set.Provenance.GetValueOrDefault("source", ""),
        set.Provenance.GetValueOrDefault("imported_at", "").Split('.')[0].Replace('T', ' '),
    ];
}
