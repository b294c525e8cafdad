using CatGan.Training.Telemetry;
using Microsoft.Extensions.Hosting;

namespace CatGan.Grains.Telemetry;

/// <summary>Begins all counters at 0 when the host starts, which is after OpenTelemetry's listeners do.</summary>
internal sealed class CounterStart(GrainsMeters grains, TrainingMeters training) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        grains.Begin();
        training.Begin();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
