using System.Diagnostics;
using System.Net;
using System.Text;
using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace CatGan.Silo.Tests;

/// <summary>A real silo process over a folder store.</summary>
internal sealed class SiloProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private SiloProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static SiloProcess Start(params string[] arguments) => new(Process.Start(Info(arguments))!);

    /// <summary>A silo that ends with its input, as under <c>catgan silo</c>.</summary>
    public static SiloProcess StartSupervised(params string[] arguments)
    {
        ProcessStartInfo start = Info(arguments);
        start.RedirectStandardInput = true;
        start.Environment[SignalLifetime.SupervisedVariable] = "1";
        return new SiloProcess(Process.Start(start)!);
    }

    /// <summary>A silo whose environment has one variable more.</summary>
    public static SiloProcess StartWith(string variable, string value, params string[] arguments)
    {
        ProcessStartInfo start = Info(arguments);
        start.Environment[variable] = value;
        return new SiloProcess(Process.Start(start)!);
    }

    public void CloseInput() => _process.StandardInput.Close();

    private static ProcessStartInfo Info(string[] arguments) => new(Path.Combine(AppContext.BaseDirectory, "catgan-silo"), arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    public void Kill() => _process.Kill();

    public void Terminate()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<int> ExitAsync(int withinSeconds = 60)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(withinSeconds));
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}

/// <summary>A folder store of a test, and a client of the silo that is in charge of it.</summary>
internal sealed class TestStore : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("catgan-silo-tests-").FullName;

    public TestStore() => Store = BlobStores.Open(Uri);

    public string Uri => "file:" + _folder;

    public IBlobStore Store { get; }

    public SiloProcess Start(params string[] more) => SiloProcess.Start(["--store", Uri, "--local", "--device", "cpu", .. more]);

    public SiloProcess StartWith(string variable, string value) => SiloProcess.StartWith(variable, value, "--store", Uri, "--local", "--device", "cpu");

    public async Task<LocalEndpoint> EndpointAsync(SiloProcess of)
    {
        LocalEndpoint? endpoint = null;
        await UntilAsync(async () => (endpoint = LocalEndpoint.Read(await Store.ReadTextAsync(StoreLayout.LocalEndpoint) ?? "null"))?.Pid == of.Pid);
        return endpoint!;
    }

    public async Task CallAsync(SiloProcess silo, Func<IClusterClient, Task> call)
    {
        LocalEndpoint endpoint = await EndpointAsync(silo);
        using IHost host = new HostBuilder()
            .UseOrleansClient(client => client
                .UseStaticClustering(new IPEndPoint(IPAddress.Parse(endpoint.Host), endpoint.GatewayPort))
                .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (endpoint.ClusterId, endpoint.ServiceId)))
            .Build();
        await host.StartAsync();
        await call(host.Services.GetRequiredService<IClusterClient>());
        await host.StopAsync();
    }

    public Task SubmitAsync(SiloProcess silo, string sweep, SweepDefinition definition) => CallAsync(silo, async client =>
    {
        SubmitAnswer answer = await client.GetGrain<ISweepGrain>(sweep)
            .Submit(new SweepSubmission("name: test", SweepJson.Write(definition)), CancellationToken.None);
        Assert.Null(answer.Fault);
    });

    public async Task<bool> ExistsAsync(string prefix)
    {
        await foreach (BlobInfo _ in Store.ListAsync(prefix, CancellationToken.None))
            return true;
        return false;
    }

    public Task FinishedAsync(string sweep) => UntilAsync(async () => !await ExistsAsync(StoreLayout.Active(sweep)));

    public async Task<Sweep> SweepAsync(string sweep)
    {
        JournalReplay replay = await new Journal(Store, StoreLayout.Journal(sweep)).ReadAsync(CancellationToken.None);
        return Sweep.Replay(replay.Snapshot, replay.Batches.SelectMany(b => b.Events))!;
    }

    /// <summary>Looks at the store until it is so: processes of their own have no event to wait for.</summary>
    public static async Task UntilAsync(Func<Task<bool>> so)
    {
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(20));
        long start = Stopwatch.GetTimestamp();
        while (!await so())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(120), "it did not become so within 120 s");
            await look.WaitForNextTickAsync();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
