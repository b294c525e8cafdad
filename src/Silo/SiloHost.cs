using System.Net;
using CatGan.Abstractions.Cluster;
using CatGan.Datasets;
using CatGan.Grains;
using CatGan.Grains.Workers;
using CatGan.Silo.Cluster;
using CatGan.Silo.Health;
using CatGan.Silo.Telemetry;
using CatGan.Storage;
using CatGan.Training;
using CatGan.Training.Native;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace CatGan.Silo;

/// <summary>Puts the host together. Hosted services start in the order in which they are added and stop in the reverse one.</summary>
internal static class SiloHost
{
    /// <summary>How long leaving takes at most; whoever kills a silo that does not leave waits longer.</summary>
    public static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);

    private const double Gigabyte = 1e9;

    public static IHost Build(SiloOptions options, Action<IServiceCollection>? last = null)
    {
        IBlobStore store = BlobStores.Open(options.Store);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "catgan-silo" });
        AddLogging(builder.Logging, store);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = EndWithin);
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.AddHealth(options);
        builder.Services.AddSingleton<Ending>();
        builder.UseOrleans(silo =>
        {
            silo.Services.AddSingleton(TimeProvider.System);
            silo.AddIncomingGrainCallFilter<ClientCallFilter>();
            if (SiloTelemetry.HasTraces)
                silo.AddActivityPropagation();
            silo.Services.AddCatGanGrains(store, Workers(options), new GrainsTiming { SingleSilo = options.Local });
            if (options.Dashboard)
                silo.AddDashboard(o => o.HideTrace = true);
            if (options.Local)
                AddLocal(silo, options);
            else
                AddMember(silo, options, store);
            last?.Invoke(silo.Services);
        });
        SiloTelemetry.Add(builder, options);
        return builder.Build();
    }

    /// <summary>A cluster of one under an id of its own, which clients find through the store.</summary>
    private static void AddLocal(ISiloBuilder silo, SiloOptions options)
    {
        LocalEndpoint endpoint = LocalEndpoint.Draw(TimeProvider.System);
        silo.UseLocalhostClustering(endpoint.SiloPort, endpoint.GatewayPort, null, endpoint.ServiceId, endpoint.ClusterId);
        silo.Configure<EndpointOptions>(o => o.AdvertisedIPAddress = IPAddress.Loopback);
        silo.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<LocalEndpointService>(services, endpoint));
        silo.Services.AddCatGanWork();
        if (options.IdleExit > 0)
            silo.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<IdleExitService>(services, options));
    }

    /// <summary>A member of the cluster in Redis.</summary>
    private static void AddMember(ISiloBuilder silo, SiloOptions options, IBlobStore store)
    {
        SiloAddresses addresses = SiloAddresses.Of(options);
        if (options.Tls(out _) is { } files)
            silo.AddMutualTls(TlsCertificates.Load(files, TimeProvider.System));
        else if (!addresses.Loopback && !options.Insecure)
            throw new ArgumentException(InTheClear(options.Host));
        Membership.Add(silo, options, options.ClusterId ?? ClusterIdentity.OfAsync(store).GetAwaiter().GetResult(), addresses);
        silo.Services.AddSingleton(addresses);
        silo.Services.AddSingleton<LastWords>();
        silo.Services.AddSingleton<IFatalErrorHandler, ExpelledHandler>();
        silo.Services.AddHostedService<MemberService>();
        silo.Services.AddCatGanWork();
        silo.Services.AddHostedService<MembershipWatch>();
    }

    private static string InTheClear(string? host) =>
        $"--host is {host}, where other machines reach this silo, but without --tls-cert connections are in the clear and everybody is let in; "
        + "give certificates (docs/cluster.md), or say --insecure where a network of your own protects the ports";

    private static WorkerOptions Workers(SiloOptions options)
    {
        IReadOnlyList<TrainingDevice> devices = options.Slots == 0 ? [] : options.Device is { } name ? [TrainingDevices.Find(name)] : TrainingDevices.Detect();
        // A machine that computes wrongly says so here, and takes no work.
        if (devices.Any(d => !d.IsCuda))
            Convolutions.Ensure();
        return new WorkerOptions
        {
            Silo = $"{options.Name ?? Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}",
            Cache = new PictureCache(options.Cache ?? PictureCache.DefaultFolder(Environment.GetEnvironmentVariable), (long)(options.CacheSize * Gigabyte)),
            Devices = [.. devices.Select(d => d with { Slots = options.Slots ?? d.Slots })],
        };
    }

    private static void AddLogging(ILoggingBuilder logging, IBlobStore store)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Orleans", LogLevel.Error).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
        // What keeps the host from starting reaches Program, which words it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>().AddConsole(o => o.FormatterName = LineFormatter.FormatterName);
        if (store is ILocalBlobStore)
            logging.Services.AddSingleton<ILoggerProvider>(_ => FileLog.Open(store, TimeProvider.System));
    }
}
