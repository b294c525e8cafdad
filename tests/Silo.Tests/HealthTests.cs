using System.Net;
using System.Net.Sockets;
using CatGan.Silo.Health;
using Microsoft.Extensions.Hosting;

namespace CatGan.Silo.Tests;

public sealed class HealthTests : IDisposable
{
    private readonly Life _life = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task Probe_OverASilosLife_IsReadyOnlyBetweenItsStartAndItsEndAndLiveThroughout()
    {
        await using HealthEndpoint endpoint = await StartAsync(FreePort());
        Assert.Equal(["200 live", "503 starting", "503 starting"], await AskAllAsync());
        _life.Started.Cancel();
        Assert.Equal(["200 live", "200 ready", "200 started"], await AskAllAsync());
        _life.Stopping.Cancel();
        Assert.Equal(["200 live", "503 leaving", "200 started"], await AskAllAsync());
        await endpoint.StopAsync(CancellationToken.None);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(HealthState.Live));
    }

    [Fact]
    public async Task Probe_StoppedBeforeItStarted_IsNeverReady()
    {
        await using HealthEndpoint endpoint = await StartAsync(FreePort());
        _life.Stopping.Cancel();
        Assert.Equal(["200 live", "503 leaving", "503 starting"], await AskAllAsync());
        await endpoint.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Probe_OtherPathOrMethod_IsTurnedAwayWithThePathsThereAre()
    {
        await using HealthEndpoint endpoint = await StartAsync(FreePort());
        Assert.Equal("404 Ask GET /health/live, /health/ready, /health/started.", await AskAsync("/metrics"));
        using HttpResponseMessage posted = await _http.PostAsync(HealthState.Live, new StringContent("x"));
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        await endpoint.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Probe_CallerThatSendsNothing_HoldsUpNobody()
    {
        int port = FreePort();
        await using HealthEndpoint endpoint = await StartAsync(port);
        using TcpClient silent = new();
        await silent.ConnectAsync(IPAddress.Loopback, port);
        Assert.Equal("200 live", await AskAsync(HealthState.Live));
        await endpoint.StopAsync(CancellationToken.None);
    }

    // A kubelet does not wait until the silo listens. Started often, because the moment is a short one.
    [Fact]
    public async Task Start_WhileCallersKnockAllTheTime_Succeeds()
    {
        int port = FreePort();
        using CancellationTokenSource over = new();
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() => Knock(port, over.Token)))];
        foreach (Thread caller in callers)
            caller.Start();
        for (int i = 0; i < 100; i++)
        {
            await using HealthEndpoint endpoint = new(new SiloOptions { HealthPort = port }, new HealthState(_life));
            await endpoint.StartAsync(CancellationToken.None);
            await endpoint.StopAsync(CancellationToken.None);
        }
        await over.CancelAsync();
        foreach (Thread caller in callers)
            caller.Join();
    }

    [Fact]
    public async Task Start_PortThatIsTaken_SaysWhichAndWhatToDo()
    {
        using TcpListener other = new(IPAddress.Any, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        ArgumentException fault = await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(port));
        Assert.Contains($"--health-port is {port}, but nothing can listen there", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_WithHealthPort_IsReadyOnceItHasStarted()
    {
        int port = FreePort();
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        using TestStore store = new();
        using SiloProcess silo = store.Start("--slots", "0", "--health-port", $"{port}");
        await store.EndpointAsync(silo);
        await TestStore.UntilAsync(async () => await AskAsync(HealthState.Ready) == "200 ready");
        silo.Terminate();
        Assert.Equal(ExitCodes.Done, await silo.ExitAsync());
    }

    public void Dispose()
    {
        _http.Dispose();
        _life.Dispose();
    }

    private async Task<HealthEndpoint> StartAsync(int port)
    {
        HealthEndpoint endpoint = new(new SiloOptions { HealthPort = port }, new HealthState(_life));
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        await endpoint.StartAsync(CancellationToken.None);
        return endpoint;
    }

    private static void Knock(int port, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using Socket caller = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                caller.Connect(IPAddress.Loopback, port);
            }
            catch (SocketException)
            {
                // Nobody listens yet.
            }
        }
    }

    private async Task<string[]> AskAllAsync() =>
        [await AskAsync(HealthState.Live), await AskAsync(HealthState.Ready), await AskAsync(HealthState.Started)];

    private async Task<string> AskAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(path);
        return $"{(int)response.StatusCode} {(await response.Content.ReadAsStringAsync()).TrimEnd()}";
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Life : IHostApplicationLifetime, IDisposable
    {
        public CancellationTokenSource Started { get; } = new();

        public CancellationTokenSource Stopping { get; } = new();

        public CancellationToken ApplicationStarted => Started.Token;

        public CancellationToken ApplicationStopping => Stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => Stopping.Cancel();

        public void Dispose()
        {
            Started.Dispose();
            Stopping.Dispose();
        }
    }
}
