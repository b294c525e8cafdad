using CatGan.Telemetry.Tests.Harness;
using CatGan.Telemetry.Tests.Otlp;

namespace CatGan.Telemetry.Tests;

/// <summary>What <c>catgan serve</c> tells of itself, to Prometheus and by OTLP.</summary>
public class ServerTests(ScrapedSweep scraped)
{
    [Theory]
    [InlineData("http_server_request_duration_seconds_count{job='catgan-serve',http_route='/api/v1/sweeps/',http_response_status_code='200'}")]
    [InlineData("http_server_request_duration_seconds_count{job='catgan-serve',http_response_status_code='404'}")]
    [InlineData("dotnet_process_memory_working_set_bytes{job='catgan-serve'}")]
    public async Task Prometheus_FetchesFromTheServer(string query) =>
        Assert.True((await scraped.Prometheus.QueryAsync(query, scraped.Busy)).Sum(s => s.Value) > 0, scraped.Tell());

    // One trace from the request to what the silo did for it.
    [Fact]
    public async Task Trace_OfARequestThatTellsTheSilo_ReachesIntoTheSilo()
    {
        ReceivedSpan? Request() => scraped.Receiver.Spans.FirstOrDefault(s => s.Service == "catgan" && s.Name.StartsWith("POST", StringComparison.Ordinal) && s.Name.EndsWith("/resume", StringComparison.Ordinal));
        await scraped.ArrivedAsync("the span of a request", () => Request() is not null);
        await scraped.ArrivedAsync("a span of the silo below it", () => scraped.Receiver.Spans.Any(s => s.Service == "catgan-silo" && s.TraceId == Request()!.TraceId));
    }

    [Fact]
    public async Task Trace_OfARequestThatFails_SaysSo()
    {
        await scraped.ArrivedAsync("the span of a sweep that is not there", () => scraped.Receiver.Spans.Any(
            s => s.Service == "catgan" && s.Attributes.GetValueOrDefault("http.response.status_code") == "404"));
    }

    [Fact]
    public async Task Trace_OfWhatPrometheusFetches_IsNotSent()
    {
        await scraped.ArrivedAsync("the span of a request", () => scraped.Receiver.Spans.Any(s => s.Name == "GET /api/v1/cluster"));
        Assert.DoesNotContain(scraped.Receiver.Spans, s => s.Name.Contains("/metrics", StringComparison.Ordinal));
    }
}
