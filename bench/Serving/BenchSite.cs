using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Serve;

namespace CatGan.Bench.Serving;

/// <summary>A real server in this process, on a free port.</summary>
internal sealed class BenchSite : IAsyncDisposable
{
    private readonly ServeHost host;

    private BenchSite(ServeHost host)
    {
        this.host = host;
        Http = new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public HttpClient Http { get; }

    public static async Task<BenchSite> StartAsync(string store, SiloWishes wishes) => new(await ServeHost.StartAsync(
        Surroundings(Console.Error),
        new ServeOptions { Listen = ListenAddress.Parse("http://127.0.0.1:0"), StoreUri = $"file:{Path.GetFullPath(store)}", Wishes = wishes, RequestsPerSecond = 1_000_000 },
        CancellationToken.None));

    /// <summary>This process as commands see it.</summary>
    public static Surroundings Surroundings(TextWriter output) => new()
    {
        Out = output,
        Error = Console.Error,
        Time = TimeProvider.System,
        WorkingDirectory = Environment.CurrentDirectory,
        Variable = Environment.GetEnvironmentVariable,
        IsTerminal = false,
        Interrupted = CancellationToken.None,
        Door = surroundings => new LocalDoor(surroundings),
    };

    /// <summary>Says what is wrong with a folder for a new store; null when nothing is.</summary>
    public static string? Fault(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
        ? $"--store is {folder}, which is not empty; give a new folder"
        : null;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.DisposeAsync();
    }
}
