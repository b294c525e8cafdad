using System.Diagnostics.Metrics;
using CatGan.Abstractions.Telemetry;
using CatGan.Grains.Telemetry;
using CatGan.Grains.Webhooks;
using CatGan.Grains.Workers;
using CatGan.Storage;
using CatGan.Training;
using CatGan.Training.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace CatGan.Grains;

/// <summary>What a host adds to an Orleans silo to make it one of CatGan's.</summary>
public static class GrainsSetup
{
    /// <summary>Adds what grains and workers need.</summary>
    /// <param name="services">The host's services; Orleans is added to them before.</param>
    /// <param name="store">Where everything lasts.</param>
    /// <param name="workers">What to train on.</param>
    /// <param name="timing">Clock and periods.</param>
    public static IServiceCollection AddCatGanGrains(this IServiceCollection services, IBlobStore store, WorkerOptions workers, GrainsTiming timing)
    {
        services.AddSingleton(store);
        services.AddSingleton(workers);
        services.AddSingleton(timing);
        services.AddMetrics();
        services.TryAddSingleton<WorkFolder>(_ => new WorkFolder());
        services.TryAddSingleton<ITrainerFactory, TorchTrainerFactory>();
        services.AddSingleton<GrainsMeters>();
        services.AddSingleton<LiveSweeps>();
        services.AddSingleton<SiloGauges>();
        services.TryAddSingleton<IDeviceUse>(_ => new MachineUse(timing.Time));
        services.AddSingleton(provider => new TrainingMeters(provider.GetRequiredService<IMeterFactory>().Create(new MeterOptions(TelemetryNames.CatGan))));
        services.AddHostedService<CounterStart>();
        services.AddSingleton<CheckpointFiles>();
        services.AddSingleton<GrainReferences>();
        services.AddSingleton<GrainRetry>();
        services.AddSingleton<AttemptServices>();
        services.AddSingleton<AttemptRunner>();
        services.AddSingleton<SiloActivity>();
        services.TryAddSingleton<WebhookPost>();
        services.AddSingleton<WebhookSender>();
        return services;
    }

    /// <summary>
    /// Starts working and waking. A step of its own, because a host may have something to do between the start of
    /// Orleans and the first work: hosted services start in the order in which they are added.
    /// </summary>
    public static IServiceCollection AddCatGanWork(this IServiceCollection services)
    {
        services.AddSingleton<WorkerService>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<WorkerService>());
        services.AddHostedService<WakeService>();
        return services;
    }
}
