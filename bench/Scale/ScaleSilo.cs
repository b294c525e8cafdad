using System.Net;
using System.Net.Sockets;
using CatGan.Grains;
using CatGan.Grains.Workers;
using CatGan.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace CatGan.Bench.Scale;

/// <summary>One silo as the product's host sets it up, without devices: the slots are simulated.</summary>
internal static class ScaleSilo
{
    public static GrainsTiming Timing { get; } = new() { SingleSilo = true };

    public static async Task<IHost> StartAsync(IBlobStore store)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "catgan-bench" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Orleans", LogLevel.Error).AddSimpleConsole(o => o.SingleLine = true);
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        (int siloPort, int gatewayPort) = FreePorts();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, null, "catgan", $"bench-{Guid.NewGuid():N}");
            silo.Configure<EndpointOptions>(o => o.AdvertisedIPAddress = IPAddress.Loopback);
            silo.Services.AddCatGanGrains(store, new WorkerOptions { Silo = "bench", Devices = [] }, Timing);
            silo.Services.AddCatGanWork();
        });
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static (int Silo, int Gateway) FreePorts()
    {
        using TcpListener silo = new(IPAddress.Loopback, 0), gateway = new(IPAddress.Loopback, 0);
        silo.Start();
        gateway.Start();
        return (((IPEndPoint)silo.LocalEndpoint).Port, ((IPEndPoint)gateway.LocalEndpoint).Port);
    }

    /// <summary>Ends with the verb, not with a signal.</summary>
    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
