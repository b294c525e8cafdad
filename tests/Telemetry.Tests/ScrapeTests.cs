using CatGan.Abstractions.Telemetry;
using CatGan.Search;
using CatGan.Telemetry.Tests.Harness;

namespace CatGan.Telemetry.Tests;

/// <summary>What a real Prometheus has of a real silo after a sweep with a silo killed in it.</summary>
public class ScrapeTests(ScrapedSweep scraped)
{
    [Fact]
    public async Task Prometheus_Fetching_HasNoFault() => Assert.Empty(await scraped.Prometheus.FaultsAsync());

    [Fact]
    public async Task Prometheus_EveryInstrument_IsThereUnderItsDocumentedName()
    {
        string[] there = [.. (await scraped.Prometheus.SeriesAsync()).Select(s => s["__name__"]).Distinct()];
        Assert.All(Instruments.All, instrument =>
        {
            string name = Instruments.Prometheus(instrument);
            Assert.Contains(Instruments.Kind(instrument) == "histogram" ? name + "_bucket" : name, there);
        });
    }

    [Fact]
    public async Task Prometheus_EveryInstrument_HasTheLabelsThatAreDocumented()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> series = await scraped.Prometheus.SeriesAsync();
        Assert.All(CatalogueTests.Rows(), row =>
        {
            string[] labels = [.. series.Where(s => Base(s["__name__"]) == row["prometheus"]).SelectMany(s => s.Keys).Distinct().Where(l => l.StartsWith("catgan_", StringComparison.Ordinal)).Order()];
            Assert.Equal(CatalogueTests.Labels(row["labels"]).Select(l => "catgan_" + l).Order(), labels);
        });
    }

    [Fact]
    public async Task Prometheus_AllLabelsOfAllSeries_NameNoSweepAndNoExperiment()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> series = await scraped.Prometheus.SeriesAsync();
        string[] known = [.. TelemetryNames.Labels.Select(l => l.Replace('.', '_'))];
        Assert.True(series.Count > 100, $"there are only {series.Count} series");
        Assert.All(series, labels =>
        {
            Assert.DoesNotContain(labels.Keys, l => l.Contains("experiment", StringComparison.OrdinalIgnoreCase) || l.Contains("sweep", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(labels.Where(l => l.Key != "__name__").Select(l => l.Value), v => v.Contains(scraped.Id, StringComparison.OrdinalIgnoreCase));
            Assert.All(labels.Keys.Where(l => l.StartsWith("catgan_", StringComparison.Ordinal)), l => Assert.Contains(l, known));
            // Numbers belong in values: none of these labels has any, but a bucket's bound and the address.
            Assert.DoesNotContain(labels.Where(l => l.Key.StartsWith("catgan_", StringComparison.Ordinal)).Select(l => l.Value), v => int.TryParse(v, out _));
        });
    }

    [Fact]
    public async Task Prometheus_SeriesOfOneSilo_AreFew() =>
        Assert.InRange((await scraped.Prometheus.SeriesAsync()).Count(s => s["__name__"].StartsWith("catgan_", StringComparison.Ordinal)), 50, 1500);

    [Fact]
    public async Task Prometheus_Experiments_EndedAsTheJournalSays()
    {
        IReadOnlyList<Sample> ended = await scraped.Prometheus.QueryAsync("sum by (catgan_outcome, catgan_variant) (catgan_experiment_ended_total)");
        DateTimeOffset restarted = scraped.Sweep.Experiments.SelectMany(e => e.Attempts).Where(a => a.Cause == LossCause.WorkerLost).Max(a => a.EndedAt!.Value);
        foreach (string variant in (string[])["dcgan", "wgan-gp"])
        {
            int expected = scraped.Sweep.Experiments.Count(e => e.Configuration.Values["preset"] == variant && e.EndedAt >= restarted);
            Assert.Equal(expected, ended.Where(s => s.Labels["catgan_variant"] == variant).Sum(s => s.Value));
        }
        Assert.Equal(["completed"], ended.Where(s => s.Value > 0).Select(s => s.Labels["catgan_outcome"]).Distinct());
    }

    [Fact]
    public async Task Prometheus_KilledSilo_LeavesLostAttemptsAndAFreshUptime()
    {
        int lost = scraped.Sweep.Experiments.Sum(e => e.Attempts.Count(a => a.Cause == LossCause.WorkerLost));
        Assert.Equal(lost, (await scraped.Prometheus.QueryAsync("sum(catgan_attempt_ended_total{catgan_end=\"worker_lost\"})")).Single().Value);
        Assert.Equal(1, (await scraped.Prometheus.QueryAsync("sum(changes(catgan_silo_start_time_seconds[10m]))")).Single().Value);
        // Counters begin at 0, so that the first of them is an increase too.
        Assert.InRange((await scraped.Prometheus.QueryAsync("sum(increase(catgan_attempt_ended_total{catgan_end=\"worker_lost\"}[10m]))")).Single().Value, lost, 1.5 * lost);
    }

    [Fact]
    public async Task Prometheus_BestScoreOfAVariant_IsTheJournals()
    {
        foreach (string variant in (string[])["dcgan", "wgan-gp"])
        {
            double best = scraped.Sweep.Experiments.Where(e => e.Configuration.Values["preset"] == variant).Min(e => e.BestScore!.Value);
            Assert.Equal(best, (await scraped.Prometheus.QueryAsync($"catgan_sweep_best{{catgan_metric=\"swd\",catgan_variant=\"{variant}\"}}", scraped.Busy)).Single().Value);
        }
    }

    [Fact]
    public async Task Prometheus_ImagesAndTimes_BelongToWhatWasTrained()
    {
        double images = await SumAsync("catgan_training_images_total"), steps = await SumAsync("catgan_training_steps_total");
        Assert.Equal(16, images / steps);
        Assert.InRange(images, Cluster.Tests.Harness.Sweeps.Budget * 2, Cluster.Tests.Harness.Sweeps.Budget * 4);
        // A critic of wgan-gp takes five steps for each update, dcgan's discriminator one.
        Assert.Equal(5, await SumAsync("catgan_training_steps_total{catgan_variant=\"wgan-gp\"}") / await SumAsync("catgan_training_updates_total{catgan_variant=\"wgan-gp\"}"), 0.5);
        foreach (string activity in (string[])[TrainingActivities.Compute, TrainingActivities.Data, TrainingActivities.Report, TrainingActivities.Checkpoint])
            Assert.True(await SumAsync($"catgan_training_time_seconds_total{{catgan_activity=\"{activity}\"}}") > 0, activity);
        Assert.True(await SumAsync("catgan_training_score_swd_count{catgan_score=\"full\"}") >= 2);
        Assert.True(await SumAsync("catgan_checkpoint_size_bytes_sum") > 10_000);
    }

    [Fact]
    public async Task Prometheus_OrleansAndTheRuntime_AreThereToo()
    {
        string[] there = [.. (await scraped.Prometheus.SeriesAsync()).Select(s => s["__name__"]).Distinct()];
        Assert.Contains(there, n => n.StartsWith("orleans_", StringComparison.Ordinal));
        Assert.Contains(there, n => n.StartsWith("dotnet_gc_", StringComparison.Ordinal));
    }

    private async Task<double> SumAsync(string metric) => (await scraped.Prometheus.QueryAsync($"sum({metric})")).Single().Value;

    // A histogram is three series.
    private static string Base(string series) => Instruments.All.Where(i => Instruments.Kind(i) == "histogram").Select(Instruments.Prometheus)
        .FirstOrDefault(n => series == n + "_bucket" || series == n + "_count" || series == n + "_sum") ?? series;
}
