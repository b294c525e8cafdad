using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Bench.Scale;
using CatGan.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CatGan.Bench;

/// <summary>
/// A whole sweep through the real grains, with workers that train nothing: experiments a second, the time of a report,
/// memory, and what a flush of the journal brings.
/// </summary>
internal sealed class ScaleVerb : IVerb
{
    private const int Edge = 10_000;

    public Command Command()
    {
        Option<int> experiments = new("--experiments") { Description = "Experiments of the sweep.", DefaultValueFactory = _ => 10_000 };
        Option<int> workers = new("--workers") { Description = "Simulated workers in the silo.", DefaultValueFactory = _ => 200 };
        Option<int> rungs = new("--rungs") { Description = "Rung reports of each experiment.", DefaultValueFactory = _ => 9 };
        Option<double> delay = new("--flush-delay") { Description = "Milliseconds added to every flush of the journal.", DefaultValueFactory = _ => 0 };
        Option<string> store = new("--store") { Description = "Folder of the store; must be empty or new.", Required = true };
        Option<bool> live = new("--live") { Description = "Send a live report beside each rung, as training does." };
        Option<int> warmUp = new("--warm-up")
        {
            Description = "Experiments of a sweep before the one that is measured, as a silo that has run for a while has had; 0 for none.",
            DefaultValueFactory = _ => 0,
        };
        Command command = new("scale", "A sweep through the real grains with workers that train nothing; every start, rung and end is journaled before its answer.")
        {
            experiments, workers, rungs, delay, store, live, warmUp,
        };
        command.SetAction(async (parsed, _) => await MeasureAsync(
            parsed.GetRequiredValue(store),
            parsed.GetValue(experiments),
            parsed.GetValue(workers),
            parsed.GetValue(rungs),
            TimeSpan.FromMilliseconds(parsed.GetValue(delay)),
            parsed.GetValue(live),
            parsed.GetValue(warmUp)));
        foreach (Command part in (Command[])[StartUp.Command(), PoolLoad.Command(), ScalePlot.Command()])
            command.Subcommands.Add(part);
        return command;
    }

    private static async Task<int> MeasureAsync(string folder, int experiments, int workers, int rungs, TimeSpan flushDelay, bool live, int warmUp)
    {
        if (experiments < 1000 || experiments % 1000 != 0)
        {
            Console.Error.WriteLine($"--experiments is {experiments}, but must be a multiple of 1000");
            return 2;
        }
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Console.Error.WriteLine($"--store is {folder}, which is not empty; give a new folder");
            return 2;
        }
        MeasuredStore store = new(BlobStores.Open(folder), flushDelay);
        using IHost host = await ScaleSilo.StartAsync(store);
        IGrainFactory grains = host.Services.GetRequiredService<IGrainFactory>();
        if (warmUp > 0)
            await RunAsync(grains, "warm-up", new SimulatedLoad(warmUp, live), workers, ScaleSweep.Submission(warmUp, rungs));
        store.Reset();
        SimulatedLoad load = new(experiments, live);
        (double seconds, TimeSpan cpu) = await RunAsync(grains, ScaleSweep.Id, load, workers, ScaleSweep.Submission(experiments, rungs));
        Print(experiments, workers, rungs, warmUp, flushDelay, load, store, seconds, cpu);
        await host.StopAsync();
        return load.Done.IsCompletedSuccessfully && load.Repeated == 0 ? 0 : 1;
    }

    /// <summary>From the sign of life of new workers over a sweep to their leaving; gives the time from submission to the last end.</summary>
    private static async Task<(double Seconds, TimeSpan Cpu)> RunAsync(IGrainFactory grains, string sweep, SimulatedLoad load, int workers, SweepSubmission submission)
    {
        (double Seconds, TimeSpan Cpu) taken;
        await using (SimulatedWorkers simulated = new(grains, sweep, workers, load, ScaleSilo.Timing.Lease / 3))
        {
            await simulated.StartAsync();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long started = Stopwatch.GetTimestamp();
            SubmitAnswer answer = await grains.GetGrain<ISweepGrain>(sweep).Submit(submission, CancellationToken.None);
            if (!answer.Accepted)
                throw new InvalidOperationException(answer.Fault);
            await await Task.WhenAny(load.Done, simulated.Work);
            taken = (Stopwatch.GetElapsedTime(started).TotalSeconds, Environment.CpuUsage.TotalTime - before);
        }
        await grains.GetGrain<IDevicePoolGrain>(0).Leave(sweep);
        return taken;
    }

    private static void Print(int experiments, int workers, int rungs, int warmUp, TimeSpan flushDelay, SimulatedLoad load, MeasuredStore store, double seconds, TimeSpan cpu)
    {
        long events = (rungs + 2L) * experiments;
        int edge = Math.Min(Edge, experiments / 2 / 500 * 500);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            experiments,
            workers,
            rungs,
            added_to_a_flush_ms = flushDelay.TotalMilliseconds,
            live = load.Live,
            warm_up = warmUp,
            ended = load.EndedCount,
            not_started_exactly_once = load.Repeated,
            seconds = Math.Round(seconds, 2),
            experiments_per_second = Math.Round(experiments / seconds),
            first = edge,
            first_per_second = Math.Round(load.Rate(0, edge)),
            last_per_second = Math.Round(load.Rate(experiments - edge, experiments)),
            report_p50_ms = Math.Round(load.Rungs.Percentile(0.5), 2),
            report_p99_ms = Math.Round(load.Rungs.Percentile(0.99), 2),
            report_longest_ms = Math.Round(load.Rungs.LongestMs, 1),
            events,
            flushes = store.Flushes,
            events_a_flush = Math.Round((double)events / store.Flushes, 1),
            mean_flush_ms = Math.Round(store.MeanFlushMs, 3),
            cpu_microseconds_an_experiment = Math.Round(cpu.TotalMicroseconds / experiments),
            first_cpu_microseconds = Math.Round(load.CpuMicroseconds(0, edge)),
            second_cpu_microseconds = Math.Round(load.CpuMicroseconds(edge, 2 * edge)), // the first compiles on the way
            last_cpu_microseconds = Math.Round(load.CpuMicroseconds(experiments - edge, experiments)),
            peak_mib = Math.Round(ProcessFigures.PeakMiB),
            allocated_kib_an_experiment = Math.Round(GC.GetTotalAllocatedBytes() / 1024.0 / experiments, 1),
            gc_pause_ms = Math.Round(GC.GetTotalPauseDuration().TotalMilliseconds),
            gc_collections = new[] { GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2) },
            load_average = ProcessFigures.Load,
        }));
    }
}
