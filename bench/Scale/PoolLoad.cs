using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CatGan.Abstractions.Grains;
using CatGan.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CatGan.Bench.Scale;

/// <summary>
/// The device pool alone: slots that free themselves at once, and as many requests waiting as there are slots. A grant is
/// a request, an assignment, a pull and a release, so that grants a second is the most experiments a second it allows.
/// </summary>
internal static class PoolLoad
{
    public static Command Command()
    {
        Option<string> store = new("--store") { Description = "Folder of the store; nothing of note is written.", Required = true };
        Option<int> slots = new("--slots") { Description = "Slots of the silo.", DefaultValueFactory = _ => 1000 };
        Option<int> grants = new("--grants") { Description = "Grants to measure.", DefaultValueFactory = _ => 100_000 };
        Command command = new("pool", "Grants a second of the device pool alone, with slots that free themselves at once.") { store, slots, grants };
        command.SetAction(async (parsed, _) =>
            await MeasureAsync(BlobStores.Open(parsed.GetRequiredValue(store)), parsed.GetValue(slots), parsed.GetValue(grants)));
        return command;
    }

    private static async Task MeasureAsync(IBlobStore store, int slots, int grants)
    {
        using IHost host = await ScaleSilo.StartAsync(store);
        IGrainFactory grains = host.Services.GetRequiredService<IGrainFactory>();
        IDevicePoolGrain pool = grains.GetGrain<IDevicePoolGrain>(0);
        string[] keys = [.. Enumerable.Range(0, slots).Select(n => $"pool/simulated/{n}")];
        using CancellationTokenSource over = new();
        await pool.Beat(new WorkerBeat("pool", [.. keys.Select(k => new SlotClaim(k, null))]));
        Task beating = BeatAsync(pool, keys, over.Token);
        int warmUp = Math.Max(slots, grants / 10);
        Latencies requests = new();
        await GrantAsync(grains, keys, warmUp, 1, new Latencies());
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        await GrantAsync(grains, keys, grants, warmUp + 1, requests);
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        await over.CancelAsync();
        await EndedAsync(beating);
        await host.StopAsync();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            slots,
            grants,
            grants_per_second = Math.Round(grants / seconds),
            cpu_microseconds_a_grant = Math.Round(cpu.TotalMicroseconds / grants, 1),
            request_p50_ms = Math.Round(requests.Percentile(0.5), 2),
            request_p99_ms = Math.Round(requests.Percentile(0.99), 2),
            load_average = ProcessFigures.Load,
        }));
    }

    private static async Task BeatAsync(IDevicePoolGrain pool, string[] keys, CancellationToken over)
    {
        using PeriodicTimer timer = new(ScaleSilo.Timing.Lease / 3);
        while (await timer.WaitForNextTickAsync(over))
            await pool.Beat(new WorkerBeat("pool", [.. keys.Select(k => new SlotClaim(k, null))]));
    }

    /// <summary>Waits for the end of what was cancelled.</summary>
    private static async Task EndedAsync(Task cancelled)
    {
        try
        {
            await cancelled;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
    }

    /// <summary>Each slot asks, on behalf of a new experiment, whenever it is free, until all are granted.</summary>
    private static Task GrantAsync(IGrainFactory grains, string[] keys, int grants, int firstExperiment, Latencies requests)
    {
        int next = firstExperiment - 1, granted = 0;
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        CancellationTokenSource stopping = new();
        Task work = Task.WhenAll(keys.Select(k => WorkAsync(grains.GetGrain<IGpuWorkerGrain>(k))).Concat(keys.Select(_ => RequestAsync())));
        return EndAsync();

        async Task RequestAsync()
        {
            int experiment = Interlocked.Increment(ref next);
            if (experiment >= firstExperiment + grants)
                return;
            long started = Stopwatch.GetTimestamp();
            await grains.GetGrain<IDevicePoolGrain>(0).Request(new SlotRequest("pool", experiment));
            requests.Add(started);
        }

        async Task WorkAsync(IGpuWorkerGrain mailbox)
        {
            while (!stopping.IsCancellationRequested)
            {
                if (await mailbox.Pull(stopping.Token) is not { } assignment)
                    continue;
                await mailbox.Complete(assignment.Id, null);
                if (Interlocked.Increment(ref granted) == grants)
                    done.SetResult();
                await RequestAsync();
            }
        }

        async Task EndAsync()
        {
            await await Task.WhenAny(done.Task, work);
            await stopping.CancelAsync();
            await EndedAsync(work);
            stopping.Dispose();
        }
    }
}
