using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CatGan.Coordinator.Cluster;
using CatGan.Storage;

namespace CatGan.Bench.Serving;

/// <summary>
/// Milliseconds of a sweep's pages and of the requests that they send, of a sweep of ten thousand experiments with 60 reports each:
/// first while nothing happens, then while experiments end, which makes the server bring its picture of the sweep up to date.
/// </summary>
internal static class PageData
{
    private const string Id = "big";
    private const int MostMilliseconds = 200;

    public static Command Command()
    {
        Option<int> experiments = new("--experiments") { Description = "Experiments of the sweep.", DefaultValueFactory = _ => 10_000 };
        Option<int> reports = new("--reports") { Description = "Reports of each.", DefaultValueFactory = _ => 60 };
        Option<int> rounds = new("--rounds") { Description = "Times that each request is sent.", DefaultValueFactory = _ => 100 };
        Option<string> store = new("--store") { Description = "Folder of the store; must be empty or new.", Required = true };
        Command command = new("pages", "Milliseconds of a large sweep's pages and their data.") { experiments, reports, rounds, store };
        command.SetAction((parsed, _) => MeasureAsync(parsed.GetRequiredValue(store), parsed.GetValue(experiments), parsed.GetValue(reports), parsed.GetValue(rounds)));
        return command;
    }

    private static async Task<int> MeasureAsync(string folder, int experiments, int reports, int rounds)
    {
        if (BenchSite.Fault(folder) is { } fault)
        {
            Console.Error.WriteLine(fault);
            return 2;
        }
        BigSweep sweep = await BigSweep.WriteAsync(BlobStores.Open($"file:{Path.GetFullPath(folder)}"), Id, experiments, experiments - rounds - 100, reports);
        await using BenchSite site = await BenchSite.StartAsync(folder, new SiloWishes());
        double cold = await TimeAsync(site, $"/api/v1/sweeps/{Id}");
        bool met = await RunAsync(site, "at rest", rounds, cold, experiments, null);
        return await RunAsync(site, "while experiments end", rounds, cold, experiments, sweep) && met ? 0 : 1;
    }

    private static async Task<bool> RunAsync(BenchSite site, string when, int rounds, double cold, int experiments, BigSweep? growing)
    {
        List<double> all = [];
        Dictionary<string, List<double>> times = [];
        for (int round = 0; round < rounds; round++)
        {
            if (growing is not null)
            {
                await growing.EndNextAsync();
                await growing.FlushAsync();
            }
            foreach ((string name, string path) in Requests(round, experiments))
            {
                double milliseconds = await TimeAsync(site, path);
                all.Add(milliseconds);
                if (!times.TryGetValue(name, out List<double>? list))
                    times[name] = list = [];
                list.Add(milliseconds);
            }
        }
        double p95 = Percentile(all, 0.95);
        Dictionary<string, double> each = times.ToDictionary(t => t.Key, t => Percentile(t.Value, 0.95));
        bool met = p95 < MostMilliseconds && each.Values.All(v => v < MostMilliseconds);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            when,
            experiments,
            requests = all.Count,
            first_request_ms = Math.Round(cold, 1),
            p50_ms = Math.Round(Percentile(all, 0.5), 2),
            p95_ms = Math.Round(p95, 2),
            worst_ms = Math.Round(all.Max(), 1),
            p95_by_request_ms = each.ToDictionary(t => t.Key, t => Math.Round(t.Value, 2)),
            peak_mib = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
            asked = $"p95 under {MostMilliseconds} ms, of all together and of each",
            met,
        }));
        return met;
    }

    private static IEnumerable<(string Name, string Path)> Requests(int round, int experiments)
    {
        string root = $"/api/v1/sweeps/{Id}";
        int number = 1 + round * 97 % (experiments - 200);
        return
        [
            ("sweep", root),
            ("best 100", $"{root}/experiments?sort=best&limit=100"),
            ("searched", $"{root}/experiments?sort=-lr_d&where=lr_g%3E1e-3&variant=wgan-gp&limit=100"),
            ("found", $"{root}/experiments?search=preset%3Dlsgan&limit=50"),
            ("experiment", $"{root}/experiments/{number}"),
            ("curve", $"{root}/experiments/{number}/curve"),
            ("six curves", $"{root}/curves?{string.Join('&', Enumerable.Range(0, 6).Select(i => $"experiment={1 + (number + i * 131) % (experiments - 200)}"))}"),
            ("samples", $"{root}/experiments/{number}/samples"),
            ("three columns of all", $"{root}/table?column=lr_d&column=lr_g&column=best"),
            ("course", $"{root}/course"),
            ("attempts", $"{root}/attempts"),
            ("page", $"/sweeps/{Id}"),
            ("page: why", $"/sweeps/{Id}/why"),
            ("page: broke", $"/sweeps/{Id}/broke"),
        ];
    }

    private static async Task<double> TimeAsync(BenchSite site, string path)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await site.Http.GetAsync(path);
        _ = await answer.Content.ReadAsByteArrayAsync();
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return answer.EnsureSuccessStatusCode().IsSuccessStatusCode ? milliseconds : 0;
    }

    private static double Percentile(List<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
