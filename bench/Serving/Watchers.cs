using System.CommandLine;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CatGan.Coordinator.Cluster;
using CatGan.Storage;

namespace CatGan.Bench.Serving;

/// <summary>
/// What watchers of one sweep cost its silo: processor time of a real silo process without slots, which keeps a sweep in
/// which something happens twice a second and trains nothing, so that what it spends more with them is for them.
/// </summary>
internal static class Watchers
{
    private const double Allowed = 0.05;
    private static readonly TimeSpan ChangeEvery = TimeSpan.FromMilliseconds(500);

    public static Command Command()
    {
        Option<int> watchers = new("--watchers") { Description = "Watchers of the sweep.", DefaultValueFactory = _ => 100 };
        Option<int> seconds = new("--seconds") { Description = "Seconds that are measured.", DefaultValueFactory = _ => 30 };
        Option<int> experiments = new("--experiments") { Description = "Experiments of the sweep.", DefaultValueFactory = _ => 10_000 };
        Option<string> store = new("--store") { Description = "Folder of the store; must be empty or new.", Required = true };
        Command command = new("watchers", "What watchers of one sweep cost the silo, as a share of a core.") { watchers, seconds, experiments, store };
        command.SetAction((parsed, _) => MeasureAsync(parsed.GetRequiredValue(store), parsed.GetValue(watchers), parsed.GetValue(seconds), parsed.GetValue(experiments)));
        return command;
    }

    private static async Task<int> MeasureAsync(string folder, int watchers, int seconds, int experiments)
    {
        if (BenchSite.Fault(folder) is { } fault)
        {
            Console.Error.WriteLine(fault);
            return 2;
        }
        IBlobStore store = BlobStores.Open($"file:{Path.GetFullPath(folder)}");
        await using BenchSite site = await BenchSite.StartAsync(folder, new SiloWishes(Slots: 0));
        string sweep = await SubmitAsync(site, experiments);
        LocalEndpoint endpoint = await LocalEndpoint.ReadAsync(store, CancellationToken.None) ?? throw new InvalidOperationException("the silo left no endpoint");
        using Process silo = Process.GetProcessById(endpoint.Pid);
        try
        {
            using CancellationTokenSource over = new();
            Task<int> changing = ChangeAsync(site, sweep, over.Token);
            await Task.Delay(TimeSpan.FromSeconds(40), TimeProvider.System);
            double alone = await ShareAsync(silo, seconds);
            (Task<int>[] counts, CancellationTokenSource leave) = Watch(site, sweep, watchers);
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            double watched = await ShareAsync(silo, seconds);
            await leave.CancelAsync();
            int messages = (await Task.WhenAll(counts)).Sum();
            leave.Dispose();
            // Before and after: a silo that has just started spends more than one that is warm.
            alone = (alone + await ShareAsync(silo, seconds)) / 2;
            await over.CancelAsync();
            Print(watchers, seconds, experiments, alone, watched, messages, await changing);
            return watched - alone < Allowed ? 0 : 1;
        }
        finally
        {
            silo.Kill();
        }
    }

    private static void Print(int watchers, int seconds, int experiments, double alone, double watched, int messages, int changes) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        watchers,
        experiments,
        seconds,
        silo_share_of_a_core_alone = Math.Round(alone, 4),
        silo_share_of_a_core_watched = Math.Round(watched, 4),
        silo_share_for_watchers = Math.Round(watched - alone, 4),
        changes_of_the_sweep = changes,
        messages_to_watchers = messages,
        asked = "under 0.05 of a core",
        met = watched - alone < Allowed,
    }));

    private static async Task<string> SubmitAsync(BenchSite site, int experiments)
    {
        string spec = $$"""
            name: watched
            dataset: builtin:drawn-cats?count=64
            budget: {images: 100000}
            sampler: random
            experiments: {{experiments}}
            parameters:
              preset: dcgan
              size: 16
              hidden: 1
              lr: {log_uniform: [1e-5, 1e-2]}
            """;
        using StringContent body = new(spec, Encoding.UTF8, "application/yaml");
        using HttpResponseMessage answer = await site.Http.PostAsync("/api/v1/sweeps", body);
        using JsonDocument made = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        return made.RootElement.GetProperty("sweep").GetString()!;
    }

    /// <summary>Gives the sweep a tag and takes it away: an event in the journal each.</summary>
    private static async Task<int> ChangeAsync(BenchSite site, string sweep, CancellationToken over)
    {
        int changes = 0;
        using PeriodicTimer timer = new(ChangeEvery, TimeProvider.System);
        try
        {
            for (; await timer.WaitForNextTickAsync(over); changes++)
            {
                using StringContent body = new(changes % 2 == 0 ? """{"add": ["looked-at"]}""" : """{"remove": ["looked-at"]}""", Encoding.UTF8, "application/json");
                using HttpResponseMessage answer = await site.Http.PostAsync($"/api/v1/sweeps/{sweep}/tags", body, over);
                answer.EnsureSuccessStatusCode();
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
        return changes;
    }

    private static (Task<int>[] Counts, CancellationTokenSource Leave) Watch(BenchSite site, string sweep, int watchers)
    {
        CancellationTokenSource leave = new();
        return ([.. Enumerable.Range(0, watchers).Select(_ => CountAsync(site, sweep, leave.Token))], leave);
    }

    private static async Task<int> CountAsync(BenchSite site, string sweep, CancellationToken leave)
    {
        int messages = 0;
        try
        {
            await using Stream stream = await site.Http.GetStreamAsync($"/api/v1/sweeps/{sweep}/events", leave);
            using StreamReader reader = new(stream);
            while (await reader.ReadLineAsync(leave) is { } line)
                messages += line.StartsWith("event:", StringComparison.Ordinal) ? 1 : 0;
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
        return messages;
    }

    private static async Task<double> ShareAsync(Process silo, int seconds)
    {
        silo.Refresh();
        (TimeSpan before, long start) = (silo.TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        silo.Refresh();
        return (silo.TotalProcessorTime - before) / Stopwatch.GetElapsedTime(start);
    }
}
