using System.Text.Json;
using CatGan.Cluster.Tests.Harness;
using CatGan.Telemetry.Tests.Harness;

namespace CatGan.Telemetry.Tests.Grafana;

/// <summary>Dashboards and alerts against a Prometheus that fetched from a sweep with a silo killed in it. Queried, not rendered.</summary>
public class DashboardTests(ScrapedSweep scraped)
{
    [Fact]
    public void Dashboards_UnderDeploy_AreTheThreeAndEachHasItsData()
    {
        Assert.Equal(["CatGan: Cluster", "CatGan: Sweeps", "CatGan: Training"], Dashboards.All().Select(d => d.GetProperty("title").GetString()).Order());
        Assert.All(Dashboards.All(), dashboard => Assert.All(dashboard.GetProperty("panels").EnumerateArray(), panel =>
        {
            Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray());
            JsonElement at = panel.GetProperty("gridPos");
            Assert.InRange(at.GetProperty("x").GetInt32() + at.GetProperty("w").GetInt32(), 1, 24);
        }));
    }

    // A panel that has nothing to show says so by a zero: every query must answer.
    [Fact]
    public async Task Panels_EveryQuery_IsAnsweredWithData()
    {
        List<string> faults = [];
        foreach ((string dashboard, string panel, string query) in Dashboards.Queries())
        {
            try
            {
                IReadOnlyList<Sample> answer = await scraped.Prometheus.QueryAsync(query, scraped.Busy);
                if (answer.All(s => double.IsNaN(s.Value)))
                    faults.Add($"{dashboard} / {panel}: {(answer.Count == 0 ? "no data" : "nothing but NaN")} for {query}");
            }
            catch (InvalidOperationException fault)
            {
                faults.Add($"{dashboard} / {panel}: {fault.Message}");
            }
        }
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Alerts_OverASweepThatWentWell_AreSilent()
    {
        foreach ((string alert, string query, _) in Dashboards.Alerts())
            Assert.True((await scraped.Prometheus.QueryAsync(query, scraped.Busy)).Count == 0, $"{alert} fires over a sweep that went well");
    }

    // An alert over a metric that nobody raises is silent for ever.
    [Fact]
    public void Alerts_MetricsThatTheyName_AreMade() => Assert.All(Dashboards.Alerts(), alert =>
    {
        string[] named = [.. Names(alert.Query)];
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(Instruments.All, i => Instruments.Prometheus(i) == name || Instruments.Prometheus(i) + "_bucket" == name));
    });

    [Fact]
    public void Alerts_Runbooks_AreHeadingsOfTheDocs()
    {
        string[] headings = [.. File.ReadLines(Programs.Folder("docs", "telemetry.md")).Where(l => l.StartsWith("### ", StringComparison.Ordinal))
            .Select(l => $"docs/telemetry.md#{l[4..].ToLowerInvariant().Replace(' ', '-')}")];
        Assert.All(Dashboards.Alerts(), alert => Assert.Contains(alert.Runbook, headings));
    }

    [Theory]
    [InlineData("check", "catgan.rules.yaml")]
    [InlineData("test", "catgan.tests.yaml")]
    public async Task Promtool_Rules_AreInOrder(string verb, string file)
    {
        using Child promtool = new("promtool", "promtool", [verb, "rules", Path.Combine(Dashboards.Folder, "rules", file)]);
        int code = await promtool.ExitAsync(TimeSpan.FromSeconds(60));
        Assert.True(code == 0, promtool.Output);
    }

    private static IEnumerable<string> Names(string query) => query.Split([' ', '(', ')', '{', '[', ',', '\n'])
        .Where(w => w.StartsWith("catgan_", StringComparison.Ordinal) && !w.Contains('=', StringComparison.Ordinal) && !w.StartsWith("catgan_variant", StringComparison.Ordinal) && !w.StartsWith("catgan_device", StringComparison.Ordinal));
}
