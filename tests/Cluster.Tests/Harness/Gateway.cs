using System.Net;
using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>A client of a silo that is alone, with a patience of the test's own.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private readonly IHost _host;

    private Gateway(IHost host) => _host = host;

    /// <summary>A sweep by its id.</summary>
    public ISweepGrain Sweep(string id) => _host.Services.GetRequiredService<IClusterClient>().GetGrain<ISweepGrain>(id);

    /// <summary>Joins the silo that is in charge of the world's store.</summary>
    public static async Task<Gateway> ConnectAsync(World world, TimeSpan answerWithin)
    {
        using JsonDocument endpoint = JsonDocument.Parse(await world.Store.ReadTextAsync(StoreLayout.LocalEndpoint) ?? throw new InvalidOperationException("no silo is there"));
        string Text(string name) => endpoint.RootElement.GetProperty(name).GetString()!;
        int port = endpoint.RootElement.GetProperty("gatewayPort").GetInt32();
        IHost host = new HostBuilder()
            .UseOrleansClient(client => client
                .UseStaticClustering(new IPEndPoint(IPAddress.Parse(Text("host")), port))
                .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (Text("clusterId"), Text("serviceId")))
                .Configure<ClientMessagingOptions>(o => o.ResponseTimeout = answerWithin))
            .Build();
        await host.StartAsync();
        return new Gateway(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
