using System.Text.RegularExpressions;
using CatGan.Cluster.Tests.Harness;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace CatGan.Cluster.Tests.Harness;

/// <summary>A real Azurite (Microsoft's emulator of Azure Storage), started by the first test that needs it.</summary>
public sealed partial class Azurite : IAsyncDisposable
{
    // The emulator's account and key are published and the same everywhere.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Lazy<Task<(Child Process, int Port)>> _running = new(StartAsync);

    /// <summary>The port of its blob service.</summary>
    public async Task<int> PortAsync() => (await _running.Value).Port;

    /// <summary>The URI of a container, as it is reached on a port: its own, or that of a proxy.</summary>
    public static string Uri(string container, int port) => $"azure:{container}?connection={Connection(port)}";

    /// <summary>Its connection string on a port.</summary>
    public static string Connection(int port) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{port}/{Account};";

    public async ValueTask DisposeAsync()
    {
        if (_running is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            (await _running.Value).Process.Dispose();
    }

    private static async Task<(Child Process, int Port)> StartAsync()
    {
        string folder = Programs.Folder("tests", "azurite");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "azurite")))
            throw new InvalidOperationException($"Azurite is not installed in {folder}: run ./test.sh once, or 'npm ci' there.");
        Child process = new("azurite", "node", [
            Path.Combine(folder, "start.js"), "--blobPort", "0", "--inMemoryPersistence", "--extentMemoryLimit", "1024", "--skipApiVersionCheck", "--disableTelemetry", "--silent"]);
        try
        {
            Match listens = Match.Empty;
            await Wait.UntilAsync(
                "Azurite listens",
                () => Task.FromResult((listens = ListensOn().Match(process.Output)).Success),
                TimeSpan.FromMinutes(2),
                () => process.Output);
            return (process, int.Parse(listens.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    [GeneratedRegex(@"successfully listens on http://127\.0\.0\.1:(\d+)")]
    private static partial Regex ListensOn();
}
