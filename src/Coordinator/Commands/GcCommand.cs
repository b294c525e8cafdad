using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Collecting;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;
using CatGan.Coordinator.Watching;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan gc</c>: shows, and removes, what no sweep owns. Needs no silo.</summary>
internal static class GcCommand
{
    private static readonly TimeSpan Youngest = TimeSpan.FromHours(1);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> delete = new("--delete") { Description = "Remove what is shown." };
        Option<string> age = new("--older-than")
        {
            Description = "How long ago it must have been written, at least 1h.",
            HelpName = "T",
            DefaultValueFactory = _ => "1d",
        };
        Option<bool> json = CommonOptions.Json("One JSON object a line.");
        Command command = new("gc", "Show what no sweep owns and is older than a day; --delete removes it.") { store, delete, age, json };
        command.SetAction((parse, cancel) => RunAsync(
            surroundings, parse.GetRequiredValue(store), parse.GetValue(delete), Age(parse.GetRequiredValue(age)), parse.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, string storeUri, bool delete, TimeSpan age, bool json, CancellationToken cancellationToken)
    {
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        DateTimeOffset now = surroundings.Time.GetUtcNow();
        GarbageSearch search = new(store, now - age);
        List<Garbage> found = [];
        await foreach (Garbage garbage in search.FindAsync(cancellationToken))
        {
            if (delete && !await search.RemoveAsync(garbage, cancellationToken))
                continue;
            found.Add(garbage);
            if (json)
                surroundings.Out.WriteLine(JsonSerializer.Serialize(new { garbage.Kind, garbage.Name, garbage.Bytes, garbage.LastModified, Removed = delete }, Json));
        }
        foreach (string note in search.Notes)
            surroundings.Error.WriteLine($"note: {note}");
        if (!json)
            Show(surroundings, found, now);
        surroundings.Error.WriteLine(Sum(found, delete));
        return ExitCode.Done;
    }

    private static void Show(Surroundings surroundings, List<Garbage> found, DateTimeOffset now)
    {
        if (found.Count == 0)
            return;
        List<string[]> table = [["what", "name", "size", "age"]];
        table.AddRange(found.Select(g => (string[])[g.Kind, g.Name, Size(g.Bytes), StatusWords.Time(now - g.LastModified)]));
        foreach (string line in TextTable.Lines(table))
            surroundings.Out.WriteLine(line);
    }

    private static string Sum(List<Garbage> found, bool deleted) => found.Count == 0
        ? "nothing that no sweep owns"
        : $"{found.Count:N0} blobs, {Size(found.Sum(g => g.Bytes))}, {(deleted ? "removed" : "that no sweep owns; remove them with: catgan gc --delete")}";

    private static TimeSpan Age(string typed) => SpecDuration.Parse(typed) is { } age && age >= Youngest
        ? age
        : throw new UserException(ExitCode.BadInput, $"--older-than is {typed}, but must be {SpecDuration.Form}, at least 1h", "what is younger may be on its way to a sweep that runs");

    private static string Size(long bytes) => bytes < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:N1} MiB");
}
