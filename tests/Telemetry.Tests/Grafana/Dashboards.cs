using System.Text.Json;
using CatGan.Cluster.Tests.Harness;
using YamlDotNet.Serialization;

namespace CatGan.Telemetry.Tests.Grafana;

/// <summary>The queries of deploy/grafana, as Grafana and Prometheus would send them.</summary>
internal static class Dashboards
{
    public static string Folder { get; } = Programs.Folder("deploy", "grafana");

    public static string Rules { get; } = Path.Combine(Folder, "rules", "catgan.rules.yaml");

    /// <summary>A dashboard, its panel, and a query of that with its variables filled in.</summary>
    /// <param name="window">What rates are taken over.</param>
    public static IEnumerable<(string Dashboard, string Panel, string Query)> Queries(string window = "1m") =>
        from file in Directory.GetFiles(Path.Combine(Folder, "dashboards"), "*.json").Order(StringComparer.Ordinal)
        let dashboard = Read(file)
        from panel in dashboard.GetProperty("panels").EnumerateArray()
        from target in panel.GetProperty("targets").EnumerateArray()
        select (dashboard.GetProperty("title").GetString()!, panel.GetProperty("title").GetString()!, Filled(target.GetProperty("expr").GetString()!, window));

    public static IEnumerable<JsonElement> All() => Directory.GetFiles(Path.Combine(Folder, "dashboards"), "*.json").Select(Read);

    /// <summary>The alerts by name, with their expressions and runbooks.</summary>
    public static IEnumerable<(string Alert, string Query, string Runbook)> Alerts()
    {
        Dictionary<string, object> file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(File.ReadAllText(Rules));
        return ((List<object>)file["groups"]).Cast<Dictionary<object, object>>()
            .SelectMany(g => (List<object>)g["rules"]).Cast<Dictionary<object, object>>()
            .Select(r => ((string)r["alert"], (string)r["expr"], (string)((Dictionary<object, object>)r["annotations"])["runbook_url"]));
    }

    private static string Filled(string query, string window) => query
        .Replace("$__rate_interval", window, StringComparison.Ordinal)
        .Replace("$__range", "10m", StringComparison.Ordinal)
        .Replace("$silo", ".*", StringComparison.Ordinal);

    private static JsonElement Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }
}
