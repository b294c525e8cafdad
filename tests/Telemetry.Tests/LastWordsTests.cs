using System.Diagnostics;
using CatGan.Silo.Cluster;
using CatGan.Telemetry.Tests.Otlp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;

namespace CatGan.Telemetry.Tests;

/// <summary>A silo that leaves without an ordinary end.</summary>
public class LastWordsTests
{
    [Fact]
    public async Task Send_ALineThatWaitsForItsBatch_Arrives()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using ServiceProvider services = Services($"{receiver.HttpEndpoint}/v1/logs");
        services.GetRequiredService<ILogger<LastWordsTests>>().LogError("The cluster goes on without this silo.");
        Assert.Empty(receiver.Logs);
        new LastWords(services).Send();
        Assert.Equal("The cluster goes on without this silo.", Assert.Single(receiver.Logs).Text);
    }

    [Fact]
    public async Task Send_WithoutACollector_DoesNotHoldTheEndUp()
    {
        await using ServiceProvider none = new ServiceCollection().BuildServiceProvider();
        new LastWords(none).Send();
        // Nobody answers at an address that is set apart for documentation.
        await using ServiceProvider services = Services("http://192.0.2.1:4318/v1/logs");
        services.GetRequiredService<ILogger<LastWordsTests>>().LogError("Lost.");
        long started = Stopwatch.GetTimestamp();
        new LastWords(services).Send();
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(9));
    }

    private static ServiceProvider Services(string endpoint)
    {
        ServiceCollection services = [];
        services.AddOpenTelemetry().WithLogging(logs => logs.AddOtlpExporter((exporter, processor) =>
        {
            (exporter.Endpoint, exporter.Protocol) = (new Uri(endpoint), OtlpExportProtocol.HttpProtobuf);
            processor.BatchExportProcessorOptions.ScheduledDelayMilliseconds = int.MaxValue;
        }));
        return services.BuildServiceProvider();
    }
}
