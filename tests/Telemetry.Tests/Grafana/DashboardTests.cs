using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using CatGan.Cluster.Tests.Harness;
using CatGan.Telemetry.Tests.Harness;

namespace CatGan.Telemetry.Tests.Grafana;

/// <summary>Dashboards and alerts against a Prometheus that fetched from a sweep with a silo killed in it. Queried, not rendered.</summary>
public partial class DashboardTests(ScrapedSweep scraped)
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

    // Asked for over time, they would go on showing the last answer of silos that are gone.
    [Fact]
    public void Panels_OfOneValue_AskForItAsItIsNow() => Assert.All(
        Dashboards.All().SelectMany(d => d.GetProperty("panels").EnumerateArray()).Where(p => p.GetProperty("type").GetString() is "stat" or "bargauge"),
        panel => Assert.All(panel.GetProperty("targets").EnumerateArray(), target => Assert.True(target.TryGetProperty("instant", out JsonElement now) && now.GetBoolean(), $"{panel.GetProperty("title")}")));

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

    // A silo was killed: what a panel of faults answers must be that, not the zero it began with.
    [Fact]
    public async Task Panel_OfLostAttempts_ShowsThoseOfTheKilledSilo()
    {
        string query = Dashboards.Queries("10m").Single(q => q.Panel == "Attempts that ended before their experiment").Query;
        IReadOnlyList<Sample> ends = await scraped.Prometheus.QueryAsync(query, scraped.Busy);
        Assert.True(ends.Single(s => s.Labels["catgan_end"] == "worker_lost").Value > 0);
        Assert.Equal(0, ends.Single(s => s.Labels["catgan_end"] == "store_failed").Value);
    }

    // Over the whole sweep, its silo's death in between included.
    [Fact]
    public async Task Panel_OfScores_CountsTheFirstOfEachSeriesAndRanksByThem()
    {
        string query = Dashboards.Queries("10m").Single(q => q.Panel.StartsWith("SWD of all full scores", StringComparison.Ordinal) && q.Query.StartsWith("histogram_quantile(0.5", StringComparison.Ordinal)).Query;
        IReadOnlyList<Sample> medians = await scraped.Prometheus.QueryAsync(query, scraped.Busy);
        foreach (string variant in (string[])["dcgan", "wgan-gp"])
        {
            double[] scores = [.. scraped.Sweep.Experiments.Where(e => e.Configuration.Values["preset"] == variant).SelectMany(e => e.Rungs).Select(r => r.Scores["swd"]).Order()];
            // A bucket is 15 % wide, and a rung that was scored in both lives counts twice.
            Assert.InRange(medians.Single(s => s.Labels["catgan_variant"] == variant).Value, scores[0] / 1.2, scores[^1] * 1.2);
        }
    }

    // A panel or an alert over a metric that nobody raises is empty or silent for ever, and a zero in its place hides that.
    [Fact]
    public void Queries_MetricsOfCatGan_AreMade() => Assert.All(
        Dashboards.Queries().Select(q => q.Query).Concat(Dashboards.Alerts().Select(a => a.Query)),
        query => Assert.All(Names(query).Where(n => n.StartsWith("catgan_", StringComparison.Ordinal)), name => Assert.Contains(Instruments.All, i => Series(i).Contains(name))));

    [Fact]
    public async Task Queries_MetricsOfOthers_WereFetched()
    {
        string[] fetched = [.. (await scraped.Prometheus.SeriesAsync()).Select(s => s["__name__"]).Distinct(), "up"];
        Assert.All(Dashboards.Queries(), query =>
        {
            string[] named = [.. Names(query.Query)];
            Assert.NotEmpty(named);
            Assert.All(named.Where(n => !n.StartsWith("catgan_", StringComparison.Ordinal)), name => Assert.Contains(name, fetched));
        });
    }

    [Fact]
    public void Alerts_Runbooks_AreHeadingsOfTheDocs()
    {
        string[] headings = [.. File.ReadLines(Programs.Folder("docs", "telemetry.md")).Where(l => l.StartsWith("### ", StringComparison.Ordinal))
            .Select(l => $"docs/telemetry.md#{l[4..].ToLowerInvariant().Replace(' ', '-')}")];
        Assert.All(Dashboards.Alerts(), alert => Assert.Contains(alert.Runbook.Replace("{{ with $externalLabels.catgan_docs }}{{ . }}{{ else }}docs{{ end }}", "docs", StringComparison.Ordinal), headings));
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

    [Fact]
    public async Task Promtool_ConfigurationOfTheOverlay_IsInOrder()
    {
        using Child promtool = new("promtool", "promtool", ["check", "config", Programs.Folder("deploy", "k8s", "overlays", "monitoring", "config", "prometheus.yml")]);
        int code = await promtool.ExitAsync(TimeSpan.FromSeconds(60));
        Assert.True(code == 0, promtool.Output);
    }

    // A metric stands before its labels, its range, or the end of what it is an argument of; labels stand in braces or after "by".
    private static IEnumerable<string> Names(string query) => Metric().Matches(Labels().Replace(query, "")).Select(m => m.Value).Distinct();

    private static string[] Series(Instrument instrument) => Instruments.Kind(instrument) == "histogram"
        ? [$"{Instruments.Prometheus(instrument)}_bucket", $"{Instruments.Prometheus(instrument)}_sum", $"{Instruments.Prometheus(instrument)}_count"]
        : [Instruments.Prometheus(instrument)];

    [GeneratedRegex(@"\bby \([^)]*\)|\{[^}]*\}")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\bup\b|\b(catgan|orleans|dotnet|http|kestrel)_[a-z0-9_]+")]
    private static partial Regex Metric();
}
