using System.Diagnostics;
using CatGan.Storage.Tests;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace CatGan.Storage.Tests;

/// <summary>A real Azurite (Microsoft's emulator of Azure Storage) for the tests that need one, on a free port.</summary>
public sealed class Azurite : IAsyncDisposable
{
    // The emulator's account and key are published and the same everywhere.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string Listening = "successfully listens on ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Lazy<Task<string>> _endpoint;
    private Process? _process;

    public Azurite() => _endpoint = new Lazy<Task<string>>(StartAsync);

    /// <summary>A connection string; the first caller starts the emulator.</summary>
    public async Task<string> ConnectionStringAsync() =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={await _endpoint.Value}/{Account};";

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.StandardInput.Close(); // start.js ends with its input.
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> StartAsync()
    {
        var folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "azurite")))
            throw new InvalidOperationException($"Azurite is not installed in {folder}: run ./test.sh once, or 'npm ci' there.");
        var start = new ProcessStartInfo("node", ["start.js", "--blobPort", "0", "--inMemoryPersistence", "--extentMemoryLimit", "512", "--skipApiVersionCheck", "--disableTelemetry"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        void Hear(string? line)
        {
            if (line is null)
                return;
            lock (said)
                said.Add(line);
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                listening.TrySetResult(line[(at + Listening.Length)..].Trim());
        }
        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
        _process.Exited += (_, _) =>
        {
            lock (said)
                listening.TrySetException(new InvalidOperationException("Azurite ended at once: " + string.Join('\n', said)));
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return await listening.Task.WaitAsync(StartLimit, TimeProvider.System);
    }

    private static string Folder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var azurite = Path.Combine(folder, "tests", "azurite");
            if (File.Exists(Path.Combine(azurite, "package.json")))
                return azurite;
        }
        throw new InvalidOperationException("There is no tests/azurite above " + AppContext.BaseDirectory);
    }
}
