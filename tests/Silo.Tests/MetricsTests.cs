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
