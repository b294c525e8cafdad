using System.CommandLine;
using System.Diagnostics;
using CatGan.Storage;

namespace CatGan.Bench.Serving;

/// <summary>Lays a large sweep to look at: <c>catgan serve --store FOLDER</c> shows it. Measures nothing.</summary>
internal static class Laying
{
    private const string Id = "learning-rates-of-four-gans";

    public static Command Command()
    {
        Option<int> experiments = new("--experiments") { Description = "Experiments of the sweep.", DefaultValueFactory = _ => 10_000 };
        Option<int> ended = new("--ended") { Description = "Of these, how many have ended; all of them when left out." };
        Option<int> growing = new("--growing") { Description = "Seconds during which one more ends each second, for live pages.", DefaultValueFactory = _ => 0 };
        Option<string> store = new("--store") { Description = "Folder of the store; must be empty or new.", Required = true };
        Command command = new("lay", "Lays a large sweep with variety in a store, to look at in a browser.") { experiments, ended, growing, store };
        command.SetAction((parsed, token) => LayAsync(parsed.GetRequiredValue(store), parsed.GetValue(experiments), parsed.GetResult(ended) is null ? null : parsed.GetValue(ended), parsed.GetValue(growing), token));
        return command;
    }

    private static async Task<int> LayAsync(string folder, int experiments, int? ended, int growing, CancellationToken cancellationToken)
    {
        if (BenchSite.Fault(folder) is { } fault)
        {
            Console.Error.WriteLine(fault);
            return 2;
        }
        int over = Math.Clamp(ended ?? experiments, 0, experiments);
        // So that the last of them ended about now.
        DateTimeOffset start = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(over * 12);
        VariedSweep sweep = await VariedSweep.WriteAsync(BlobStores.Open($"file:{Path.GetFullPath(folder)}"), Id, experiments, over, start);
        Console.WriteLine($"{Id}: {over:N0} of {experiments:N0} experiments have ended; catgan serve --store {folder}");
        long began = Stopwatch.GetTimestamp();
        while (sweep.GoesOn && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(growing))
        {
            await sweep.EndNextAsync();
            await sweep.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        }
        return 0;
    }
}
