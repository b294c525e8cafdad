using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Bench.Telemetry;

/// <summary>
/// Whole silos that train a small sweep, in turns: with nothing of telemetry; with traces, metrics and logs sent to a
/// collector and <c>/metrics</c> fetched, both more often than usual; and with all of that where no collector is. What
/// is compared is the training after the first checkpoint, and apart from it the whole with its start.
/// </summary>
internal static class SiloTurns
{
    private const long CheckpointEvery = 4_000;
    private static readonly TimeSpan FetchEvery = TimeSpan.FromSeconds(5);

    public static Command Command()
    {
        Option<long> images = new("--images") { Description = "Images of each of the two experiments.", DefaultValueFactory = _ => 24_000 };
        Option<int> turns = new("--turns") { Description = "Turns of each of the four.", DefaultValueFactory = _ => 8 };
        Option<string> store = new("--store") { Description = "Folder for the stores; must be empty or new.", Required = true };
        Command command = new("silo", "Images a second of a whole silo with two slots, telemetry off, on with a collector, on without one.") { images, turns, store };
        command.SetAction((parsed, _) => CompareAsync(parsed.GetRequiredValue(store), parsed.GetValue(images), parsed.GetValue(turns)));
        return command;
    }

    private static async Task<int> CompareAsync(string folder, long images, int turns)
    {
        if (Serving.BenchSite.Fault(folder) is { } fault)
        {
            Console.Error.WriteLine(fault);
            return 2;
        }
        using Collector collector = new();
        (string Name, Uri? Endpoint)[] ways = [("off", null), ("off_again", null), ("collector", collector.Address), ("no_collector", new Uri($"http://127.0.0.1:{Collector.FreePort()}"))];
        Dictionary<string, List<Turn>> seconds = ways.ToDictionary(w => w.Name, _ => new List<Turn>());
        await TrainAsync(Path.Combine(folder, "warm-up"), images, null);
        for (int turn = 0; turn < turns; turn++)
        {
            // Each goes first as often as the others: a machine that slows down favours none.
            foreach ((string name, Uri? endpoint) in ways.Skip(turn % ways.Length).Concat(ways.Take(turn % ways.Length)))
                seconds[name].Add(await TrainAsync(Path.Combine(folder, $"{turn}-{name}"), images, endpoint));
        }
        bool met = true;
        foreach ((string name, _) in ways.Skip(1))
        {
            Ratio ratio = Ratio.Of([.. seconds["off"].Select(t => t.Training)], [.. seconds[name].Select(t => t.Training)]);
            Ratio whole = Ratio.Of([.. seconds["off"].Select(t => t.Whole)], [.. seconds[name].Select(t => t.Whole)]);
            met &= name == "off_again" || ratio.MayBe(TelemetryVerb.Asked);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                silo = name,
                images = 2 * images,
                turns,
                images_per_second = Math.Round(2 * (images - CheckpointEvery) / Ratio.Median(seconds[name].Select(t => t.Training)), 1),
                ratio = Math.Round(ratio.Value, 4),
                ratio_plus_minus = Math.Round(ratio.PlusMinus, 4),
                ratio_with_start = Math.Round(whole.Value, 4),
                ratio_with_start_plus_minus = Math.Round(whole.PlusMinus, 4),
                requests = name == "collector" ? collector.Requests : 0,
            }));
        }
        return met ? 0 : 1;
    }

    /// <summary>Trains on a silo of its own.</summary>
    private static async Task<Turn> TrainAsync(string folder, long images, Uri? collector)
    {
        IBlobStore store = BlobStores.Open($"file:{Path.GetFullPath(folder)}");
        int port = Collector.FreePort();
        string spec = Path.Combine(Directory.CreateDirectory(folder).FullName, "turn.yaml");
        await File.WriteAllTextAsync(spec, $$"""
            name: turn
            dataset: builtin:drawn-cats?count=512
            budget: {images: {{images}}}
            repeats: 2
            parameters: {preset: dcgan, size: 32, hidden: 16, batch: 32}
            checkpoint_every: {{CheckpointEvery}}
            samples_every: 8_000
            keep: {last: 100}
            """);
        using Process run = CatGanProgram.Start(["run", spec, "--store", folder, "--slots", "2"], collector is null ? null : new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"{collector}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "10000",
            ["CATGAN_HEALTH_PORT"] = $"{port}",
        });
        using CancellationTokenSource over = new();
        Task fetching = collector is null ? Task.CompletedTask : FetchAsync(new Uri($"http://127.0.0.1:{port}/metrics"), over.Token);
        string said = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        await over.CancelAsync();
        await fetching;
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"catgan run ended with {run.ExitCode}: {said}");
        // It would wait a while for more to do.
        if (await LocalEndpoint.ReadAsync(store, CancellationToken.None) is { } silo)
            Process.GetProcessById(silo.Pid).Kill();
        return await SecondsAsync(store, (await new SweepDirectory(store).ListAsync(CancellationToken.None)).Single().Id);
    }

    private static async Task<Turn> SecondsAsync(IBlobStore store, string id)
    {
        JournalReplay replay = await new Journal(store, StoreLayout.Journal(id)).ReadAsync(CancellationToken.None);
        Sweep sweep = Sweep.Replay(replay.Snapshot, replay.Batches.SelectMany(b => b.Events)) ?? throw new InvalidOperationException($"{id} has no journal");
        if (sweep.CountOf(ExperimentOutcome.Completed) != 2)
            throw new InvalidOperationException($"{id} did not complete");
        Attempt[] attempts = [.. sweep.Experiments.SelectMany(e => e.Attempts)];
        return new(
            sweep.Experiments.Average(e => e.Seconds - e.Checkpoints.Single(c => c.Images == CheckpointEvery).Seconds),
            (attempts.Max(a => a.EndedAt!.Value) - attempts.Min(a => a.StartedAt)).TotalSeconds);
    }

    private static async Task FetchAsync(Uri metrics, CancellationToken over)
    {
        using HttpClient http = new();
        using PeriodicTimer timer = new(FetchEvery, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                try
                {
                    _ = await http.GetStringAsync(metrics, over);
                }
                catch (HttpRequestException)
                {
                    // The silo starts, or has ended.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The turn is over.
        }
    }

    /// <param name="Training">Seconds of training after the first checkpoint, the mean of both experiments.</param>
    /// <param name="Whole">Seconds from the first attempt's start to the last one's end.</param>
    private sealed record Turn(double Training, double Whole);
}
