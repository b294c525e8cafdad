using System.Net;
using System.Net.Sockets;
using CatGan.Silo.Health;
using CatGan.Silo.Telemetry;

namespace CatGan.Silo.Tests;

/// <summary>Metrics beside the health probes, on one port.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    [Theory]
    [InlineData("loopback", HttpStatusCode.OK)]
    [InlineData("all", HttpStatusCode.OK)]
    [InlineData("off", HttpStatusCode.NotFound)]
    public async Task Metrics_AskedFromThisMachine_AnswersAsTold(string whom, HttpStatusCode expected)
    {
        int port = FreePort();
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        using TestStore store = new();
        using SiloProcess silo = store.Start("--slots", "1", "--health-port", $"{port}", "--metrics", whom);
        await store.EndpointAsync(silo);
        await TestStore.UntilAsync(async () => (await _http.GetAsync(HealthState.Ready)).IsSuccessStatusCode);
        using HttpResponseMessage answer = await _http.GetAsync(MetricsEndpoint.Path);
        Assert.Equal(expected, answer.StatusCode);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(expected == HttpStatusCode.OK, text.Contains("catgan_silo_uptime_seconds", StringComparison.Ordinal));
        silo.Terminate();
        Assert.Equal(ExitCodes.Done, await silo.ExitAsync());
    }

    // Another address of this machine is a stranger's to a listener that looks at both ends.
    [Theory]
    [InlineData("loopback", HttpStatusCode.Forbidden)]
    [InlineData("all", HttpStatusCode.OK)]
    public async Task Metrics_AskedFromAnotherAddress_AnswersAsTold(string whom, HttpStatusCode expected)
    {
        int port = FreePort();
        using TestStore store = new();
        using SiloProcess silo = store.Start("--slots", "1", "--health-port", $"{port}", "--metrics", whom);
        await store.EndpointAsync(silo);
        using HttpClient stranger = new(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using HttpResponseMessage answer = await stranger.GetAsync(new Uri($"http://127.0.0.1:{port}{MetricsEndpoint.Path}"));
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, (await answer.Content.ReadAsStringAsync()).Contains("catgan_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("loopback")]
    [InlineData("off")]
    public async Task Silo_HealthPortThatIsTaken_SaysSoAndNothingElse(string whom)
    {
        using TcpListener taken = new(IPAddress.Any, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using TestStore store = new();
        using SiloProcess silo = store.Start("--slots", "0", "--health-port", $"{port}", "--metrics", whom);
        Assert.Equal(ExitCodes.Usage, await silo.ExitAsync());
        Assert.Contains($"--health-port is {port}, but nothing can listen there", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_MetricsForSomebodyUnknown_NamesTheChoices() => Assert.Contains(
        "--metrics is everybody, but must be one of loopback, all, off", new SiloOptions { Local = true, Metrics = "everybody" }.Faults());

    [Fact]
    public async Task Silo_EndpointThatIsNoAddress_SaysWhichVariable()
    {
        using TestStore store = new();
        using SiloProcess silo = store.StartWith("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317");
        Assert.Equal(ExitCodes.Usage, await silo.ExitAsync());
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT is localhost:4317, but must be an address such as http://localhost:4317", silo.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _http.Dispose();

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
