using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CatGan.Bench.Scale;

/// <summary>The time from nothing to the first status of a sweep whose journal is there; then the journal is looked over.</summary>
internal static class StartUp
{
    public static Command Command()
    {
        Option<string> store = new("--store") { Description = "Folder that `scale` left.", Required = true };
        Option<int> rungs = new("--rungs") { Description = "Rung reports of each experiment.", DefaultValueFactory = _ => 9 };
        Command command = new("start", "Starts a silo on the store that a run has left, and measures the time to the first status.") { store, rungs };
        command.SetAction(async (parsed, _) => await MeasureAsync(BlobStores.Open(parsed.GetRequiredValue(store)), parsed.GetValue(rungs)));
        return command;
    }

    private static async Task<int> MeasureAsync(IBlobStore store, int rungs)
    {
        long started = Stopwatch.GetTimestamp();
        using IHost host = await ScaleSilo.StartAsync(store);
        double silo = Stopwatch.GetElapsedTime(started).TotalSeconds;
        SweepStatus status = await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ISweepGrain>(ScaleSweep.Id)
            .GetStatus(new StatusRequest(1, 20, false), CancellationToken.None) ?? throw new InvalidOperationException("There is no sweep in this store.");
        double first = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double cpu = Environment.CpuUsage.TotalTime.TotalSeconds;
        double peak = ProcessFigures.PeakMiB;
        await host.StopAsync();
        JournalReplay replay = await new Journal(store, StoreLayout.Journal(ScaleSweep.Id)).ReadAsync(CancellationToken.None);
        Sweep sweep = Sweep.Replay(replay.Snapshot, replay.Batches.SelectMany(b => b.Events)) ?? throw new InvalidOperationException("The journal is empty.");
        int whole = sweep.Experiments.Count(e => e is { Stage: ExperimentStage.Ended, Outcome: ExperimentOutcome.Completed } && e.Epoch == 1 && e.Rungs.Length == rungs + 1);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            start_up_seconds = Math.Round(first, 2),
            silo_seconds = Math.Round(silo, 2),
            cpu_seconds = Math.Round(cpu, 2),
            experiments = status.Total,
            ended = status.Ended.Values.Sum(),
            whole_in_the_journal = whole,
            snapshot_mib = Math.Round((replay.Snapshot?.Length ?? 0) / 1048576.0, 1),
            replayed_batches = replay.Batches.Count,
            replayed_events = replay.Batches.Sum(b => b.Events.Count),
            peak_mib = Math.Round(peak),
            load_average = ProcessFigures.Load,
        }));
        return whole == status.Ended.Values.Sum() ? 0 : 1;
    }
}
