using System.Globalization;
using System.Text.Json;
using CatGan.Cluster.Tests.Harness;

namespace CatGan.Telemetry.Tests.Harness;

/// <summary>A real Prometheus that fetches from silos twice a second.</summary>
internal sealed class PrometheusServer : IDisposable
{
    private readonly HttpClient _http;
    private readonly Child _process;

    private PrometheusServer(string folder, IReadOnlyList<int> targets, int? server, string? rules)
    {
        string configuration = Path.Combine(folder, "prometheus.yml");
        File.WriteAllText(configuration, Configuration(targets, server, rules));
        int port = Ports.Free();
        string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        _http = new HttpClient { BaseAddress = new Uri($"http://{address}/") };
        _process = new Child("prometheus", "prometheus", [
            $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(folder, "prometheus")}", $"--web.listen-address={address}", "--log.level=warn"]);
    }

    /// <summary>What it said.</summary>
    public string Output => _process.Output;

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where it writes.</param>
    /// <param name="targets">Ports of loopback that it fetches from.</param>
    /// <param name="server">Port of loopback of a <c>catgan serve</c> that it fetches from; null for none.</param>
    /// <param name="rules">A file of rules that it evaluates; null for none.</param>
    public static async Task<PrometheusServer> StartAsync(string folder, IReadOnlyList<int> targets, int? server = null, string? rules = null)
    {
        PrometheusServer prometheus = new(folder, targets, server, rules);
        await Wait.UntilAsync("Prometheus is ready", prometheus.IsReadyAsync, TimeSpan.FromSeconds(60), () => prometheus.Output);
        return prometheus;
    }

    /// <summary>The series that a query gives now, with their values.</summary>
    /// <exception cref="InvalidOperationException">Prometheus refuses the query.</exception>
    public async Task<IReadOnlyList<Sample>> QueryAsync(string query, DateTimeOffset? at = null)
    {
        string time = at is { } moment ? string.Create(CultureInfo.InvariantCulture, $"&time={moment.ToUnixTimeMilliseconds() / 1000.0}") : "";
        JsonElement data = await AskAsync($"api/v1/query?query={Uri.EscapeDataString(query)}{time}", query);
        return data.GetProperty("resultType").GetString() == "scalar"
            ? [new Sample(new Dictionary<string, string>(), Value(data.GetProperty("result")))]
            : [.. data.GetProperty("result").EnumerateArray().Select(r => new Sample(Labels(r.GetProperty("metric")), Value(r.GetProperty("value"))))];
    }

    /// <summary>The labels of every series that was ever fetched, those of the fetching itself left out.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> SeriesAsync()
    {
        JsonElement data = await AskAsync($"api/v1/series?match[]={Uri.EscapeDataString("{job=~\"catgan-.*\",__name__!~\"up|scrape_.*\"}")}", "all series");
        return [.. data.EnumerateArray().Select(Labels)];
    }

    /// <summary>Type and help of each metric.</summary>
    public async Task<IReadOnlyDictionary<string, (string Type, string Help)>> MetadataAsync() =>
        (await AskAsync("api/v1/metadata", "metadata")).EnumerateObject()
            .ToDictionary(m => m.Name, m => (m.Value[0].GetProperty("type").GetString()!, m.Value[0].GetProperty("help").GetString()!));

    /// <summary>Why fetching last failed, by target; empty where it did not.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync() =>
        [.. (await AskAsync("api/v1/targets", "targets")).GetProperty("activeTargets").EnumerateArray()
            .Select(t => t.GetProperty("lastError").GetString()!).Where(e => e.Length > 0)];

    public void Dispose()
    {
        _process.Dispose();
        _http.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(_process.HasExited, Output);
        using HttpResponseMessage answer = await _http.GetAsync(new Uri("-/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    private async Task<JsonElement> AskAsync(string path, string what)
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        string text = await answer.Content.ReadAsStringAsync();
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("status").GetString() == "success"
            ? document.RootElement.GetProperty("data").Clone()
            : throw new InvalidOperationException($"{what}: {document.RootElement.GetProperty("error").GetString()}");
    }

    private static IReadOnlyDictionary<string, string> Labels(JsonElement metric) =>
        metric.EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetString()!);

    private static double Value(JsonElement pair) => pair[1].GetString() switch
    {
        "NaN" => double.NaN,
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var number => double.Parse(number!, CultureInfo.InvariantCulture),
    };

    private static string Configuration(IReadOnlyList<int> targets, int? server, string? rules) => $"""
        global:
          scrape_interval: 500ms
          scrape_timeout: 500ms
          evaluation_interval: 500ms
        {(rules is null ? "" : $"rule_files: ['{rules}']")}
        scrape_configs:
          - job_name: catgan-silo
            static_configs:
              - targets: [{string.Join(", ", targets.Select(Target))}]
          - job_name: catgan-serve
            static_configs:
              - targets: [{(server is { } port ? Target(port) : "")}]
        """;

    private static string Target(int port) => string.Create(CultureInfo.InvariantCulture, $"'127.0.0.1:{port}'");
}

/// <summary>A series and its value.</summary>
internal sealed record Sample(IReadOnlyDictionary<string, string> Labels, double Value);
