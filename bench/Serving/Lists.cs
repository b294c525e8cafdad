using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CatGan.Coordinator.Cluster;
using CatGan.Storage;

namespace CatGan.Bench.Serving;

/// <summary>Seconds that a list of many sweeps takes: the program <c>catgan list</c> as a person starts it, and the API cold and warm.</summary>
internal static class Lists
{
    private const int StillActive = 20;

    public static Command Command()
    {
        Option<int> sweeps = new("--sweeps") { Description = "Sweeps in the store; 20 of them have not ended.", DefaultValueFactory = _ => 1000 };
        Option<string> store = new("--store") { Description = "Folder of the store; must be empty or new.", Required = true };
        Command command = new("list", "Seconds that a list of many sweeps takes.") { sweeps, store };
        command.SetAction((parsed, _) => MeasureAsync(parsed.GetRequiredValue(store), parsed.GetValue(sweeps)));
        return command;
    }

    private static async Task<int> MeasureAsync(string folder, int sweeps)
    {
        if (BenchSite.Fault(folder) is { } fault)
        {
            Console.Error.WriteLine(fault);
            return 2;
        }
        IBlobStore store = BlobStores.Open($"file:{Path.GetFullPath(folder)}");
        for (int i = 0; i < sweeps; i++)
            await BigSweep.WriteAsync(store, $"sweep-{i:D5}", experiments: 4, ended: i < StillActive ? 2 : 4, reports: 6);
        double[] program = [.. Enumerable.Range(0, 5).Select(_ => Run(folder, sweeps))];
        await using BenchSite site = await BenchSite.StartAsync(folder, new SiloWishes());
        double cold = await TimeAsync(site), warm = await TimeAsync(site);
        double median = program.Order().ElementAt(2);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            sweeps,
            catgan_list_seconds = program.Select(p => Math.Round(p, 3)),
            api_cold_ms = Math.Round(cold, 1),
            api_warm_ms = Math.Round(warm, 1),
            asked = "catgan list under 1 s",
            met = median < 1,
        }));
        return median < 1 ? 0 : 1;
    }

    private static double Run(string folder, int sweeps)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = CatGanProgram.Start(["list", "--store", folder]);
        int lines = process.StandardOutput.ReadToEnd().Count(c => c == '\n');
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return lines == sweeps + 1 ? seconds : throw new InvalidOperationException($"catgan list printed {lines} lines for {sweeps} sweeps");
    }

    private static async Task<double> TimeAsync(BenchSite site)
    {
        long start = Stopwatch.GetTimestamp();
        _ = await site.Http.GetByteArrayAsync("/api/v1/sweeps?limit=1000");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
