using System.Globalization;
using CatGan.Cluster.Tests.Harness;
using CatGan.Search;
using CatGan.Telemetry.Tests.Harness;
using CatGan.Telemetry.Tests.Otlp;

[assembly: AssemblyFixture(typeof(ScrapedSweep))]

namespace CatGan.Telemetry.Tests.Harness;

/// <summary>
/// One sweep of four tiny experiments for all tests: its silo is killed on the way and started again at the same address,
/// a real Prometheus fetches from both and from a server of pages, and all send to a receiver: the second silo over HTTP,
/// the others over gRPC.
/// </summary>
public sealed class ScrapedSweep : IAsyncLifetime
{
    private volatile bool _missing;
    private readonly World _world = World.WithFolder("telemetry");

    internal OtlpReceiver Receiver { get; private set; } = null!;

    internal PrometheusServer Prometheus { get; private set; } = null!;

    /// <summary>The sweep's id.</summary>
    internal string Id { get; private set; } = "";

    /// <summary>As its journal has it in the end.</summary>
    internal Sweep Sweep { get; private set; } = null!;

    /// <summary>The silo that was started again.</summary>
    internal TestSilo Silo { get; private set; } = null!;

    /// <summary>When the sweep had just ended, by the last fetch: rates over the minute before see it.</summary>
    internal DateTimeOffset Busy { get; private set; }

    /// <summary>Where the pages and the API are.</summary>
    internal HttpClient Server { get; private set; } = null!;

    internal string Tell() => $"{_world.Tell()}\n--- prometheus\n{Prometheus.Output}";

    public async ValueTask InitializeAsync()
    {
        Receiver = await OtlpReceiver.StartAsync();
        int port = Ports.Free();
        int serverPort = Ports.Free();
        Prometheus = await PrometheusServer.StartAsync(_world.Folder, [port], serverPort);
        _world.Pace(60);
        TestSilo first = _world.StartSilo(2, Environment(("OTEL_EXPORTER_OTLP_ENDPOINT", Receiver.GrpcEndpoint)), healthPort: port);
        foreach ((string name, string value) in Environment(("OTEL_EXPORTER_OTLP_ENDPOINT", Receiver.GrpcEndpoint)))
            _world.ClientEnvironment[name] = value;
        Server = await StartServerAsync(serverPort);
        Id = await _world.SubmitAsync(Sweeps.Spec("seen"));
        await _world.SeenAsync(Id, "two experiments train and have checkpoints", s => s.Experiments.Count(e => e.Worker is not null && !e.Checkpoints.IsEmpty) >= 2);
        await AskTheServerAsync();
        await UntilAsync("catgan_training_images_total", s => s.Sum(v => v.Value) > 0);
        await ArrivedAsync("a checkpoint's span of the silo that will be killed", () => Receiver.Spans.Any(s => s.Name == "checkpoint"));
        first.Kill();
        await first.ExitAsync(TimeSpan.FromSeconds(30));
        _world.Pace(20);
        Silo = _world.StartSilo(2, Environment(("OTEL_EXPORTER_OTLP_ENDPOINT", Receiver.HttpEndpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")), healthPort: port);
        Sweep = await _world.FinishedAsync(Id);
        // Changes nothing of what has ended, and asks the silo.
        (await Server.PostAsync(new Uri($"api/v1/sweeps/{Id}/resume", UriKind.Relative), null)).Dispose();
        await AskTheServerAsync(); // a second time: a rate sees what comes after the first
        await UntilAsync("sum(catgan_sweep_count) == 0 and sum(catgan_experiment_ended_total) >= 2", s => s.Count > 0);
        Busy = DateTimeOffset.FromUnixTimeMilliseconds((long)((await Prometheus.QueryAsync("max(timestamp(up))")).Single().Value * 1000));
    }

    /// <summary>Waits until something arrived at the receiver. What was not there once will not come for the next test.</summary>
    internal async Task ArrivedAsync(string what, Func<bool> so)
    {
        Assert.False(_missing, "what was waited for has not arrived, see the first test that failed");
        try
        {
            await Wait.UntilAsync(what, () => Task.FromResult(so()), TimeSpan.FromSeconds(30), () => Receiver.Tell());
        }
        catch (TimeoutException)
        {
            _missing = true;
            throw;
        }
    }

    /// <summary>Waits until Prometheus answers a query as asked.</summary>
    internal async Task<IReadOnlyList<Sample>> UntilAsync(string query, Func<IReadOnlyList<Sample>, bool> so)
    {
        IReadOnlyList<Sample> samples = [];
        await _world.UntilAsync($"Prometheus answers {query}", async () => so(samples = await Prometheus.QueryAsync(query)), 60);
        return samples;
    }

    public async ValueTask DisposeAsync()
    {
        Server?.Dispose();
        await _world.DisposeAsync();
        Prometheus?.Dispose();
        await (Receiver?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    // The last of them is waited for at Prometheus.
    private async Task AskTheServerAsync()
    {
        const string Missing = "sum(http_server_request_duration_seconds_count{http_response_status_code='404'}) or vector(0)";
        double before = (await Prometheus.QueryAsync(Missing)).Single().Value;
        foreach (string path in (string[])["api/v1/sweeps", $"api/v1/sweeps/{Id}/status", "api/v1/cluster", "api/v1/sweeps/nobody-1"])
            (await Server.GetAsync(new Uri(path, UriKind.Relative))).Dispose();
        await UntilAsync(Missing, s => s.Single().Value > before);
    }

    private async Task<HttpClient> StartServerAsync(int port)
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        Child server = _world.StartClient("serve", "--listen", address);
        await _world.UntilAsync("the server listens", () => Task.FromResult(server.Output.Contains("listening on", StringComparison.Ordinal)));
        return new HttpClient { BaseAddress = new Uri(address) };
    }

    private static Dictionary<string, string> Environment(params (string Name, string Value)[] endpoint) => new(endpoint.Select(e => KeyValuePair.Create(e.Name, e.Value)))
    {
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=test",
    };
}
