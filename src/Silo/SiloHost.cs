using System.Net;
using CatGan.Grains;
using CatGan.Grains.Workers;
using CatGan.Silo.Health;
using CatGan.Storage;
using CatGan.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace CatGan.Silo;

/// <summary>Puts the host together. Hosted services start in the order in which they are added and stop in the reverse one.</summary>
internal static class SiloHost
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);

    public static IHost Build(SiloOptions options)
    {
        IBlobStore store = BlobStores.Open(options.Store);
        LocalEndpoint endpoint = LocalEndpoint.Draw(TimeProvider.System);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "catgan-silo" });
        AddLogging(builder.Logging, store);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = EndWithin);
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.AddHealth(options);
        builder.UseOrleans(silo =>
        {
            AddClustering(silo, options, endpoint);
            silo.AddIncomingGrainCallFilter<ClientCallFilter>();
            silo.Services.AddCatGanGrains(store, Workers(options), new GrainsTiming { SingleSilo = options.Local });
            if (options.Local)
                silo.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<LocalEndpointService>(services, endpoint));
            silo.Services.AddCatGanWork();
            if (options.Local && options.IdleExit > 0)
                silo.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<IdleExitService>(services, options));
        });
        Telemetry.Add(builder.Services);
        return builder.Build();
    }

    /// <summary>
    /// The one place that knows how silos find each other. A local silo is a cluster of one under an id of its own;
    /// without --local it is one on Orleans' default ports, until membership in Redis takes its place.
    /// </summary>
    private static void AddClustering(ISiloBuilder silo, SiloOptions options, LocalEndpoint endpoint)
    {
        if (options.Local)
            silo.UseLocalhostClustering(endpoint.SiloPort, endpoint.GatewayPort, null, endpoint.ServiceId, endpoint.ClusterId);
        else
            silo.UseLocalhostClustering(serviceId: LocalEndpoint.Service, clusterId: "default");
        silo.Configure<EndpointOptions>(o => o.AdvertisedIPAddress = IPAddress.Loopback);
    }

    private static WorkerOptions Workers(SiloOptions options)
    {
        IReadOnlyList<TrainingDevice> devices = options.Slots == 0 ? [] : options.Device is { } name ? [TrainingDevices.Find(name)] : TrainingDevices.Detect();
        return new WorkerOptions
        {
            Silo = $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}",
            Devices = [.. devices.Select(d => d with { Slots = options.Slots ?? d.Slots })],
        };
    }

    private static void AddLogging(ILoggingBuilder logging, IBlobStore store)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Orleans", LogLevel.Error).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
        // What keeps the host from starting reaches Program, which words it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat) = (true, "yyyy-MM-dd HH:mm:ss.fff "));
        if (store is ILocalBlobStore)
            logging.Services.AddSingleton<ILoggerProvider>(_ => FileLog.Open(store, TimeProvider.System));
    }
}
