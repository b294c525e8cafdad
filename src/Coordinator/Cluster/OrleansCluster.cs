using System.Net;
using CatGan.Abstractions.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace CatGan.Coordinator.Cluster;

/// <summary>The ordinary Orleans client behind <see cref="ICluster"/>.</summary>
internal sealed class OrleansCluster : ICluster
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);
    private readonly IHost host;
    private readonly IClusterClient client;

    private OrleansCluster(IHost host) => (this.host, client) = (host, host.Services.GetRequiredService<IClusterClient>());

    /// <summary>Connects to a local silo; fails when its gateway does not answer.</summary>
    public static Task<OrleansCluster> ConnectAsync(LocalEndpoint endpoint, CancellationToken cancellationToken) => ConnectAsync(
        client => client
            .UseStaticClustering(new IPEndPoint(IPAddress.Parse(endpoint.Host), endpoint.GatewayPort))
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (endpoint.ClusterId, endpoint.ServiceId)),
        cancellationToken);

    /// <summary>Connects; fails when no gateway answers.</summary>
    /// <param name="find">Says where silos are found.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<OrleansCluster> ConnectAsync(Action<IClientBuilder> find, CancellationToken cancellationToken)
    {
        // A bare host: no configuration files, environment or console of the working directory leak into a client.
        IHost host = new HostBuilder()
            .AddTelemetry()
            .UseOrleansClient(client =>
            {
                client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = AnswerWithin);
                find(client);
                ClientTelemetry.AddTraces(client);
            })
            .Build();
        try
        {
            await host.StartAsync(cancellationToken);
            return new(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ISweepGrain Sweep(string id) => client.GetGrain<ISweepGrain>(id);

    /// <inheritdoc/>
    public IGrainFactory Grains => client;

    /// <inheritdoc/>
    public IPictureJobGrain Pictures() => client.GetGrain<IPictureJobGrain>("pictures");

    /// <inheritdoc/>
    public Task<int> SlotsAsync(CancellationToken cancellationToken) => client.GetGrain<IDevicePoolGrain>(0).GetCapacity(cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SiloView>> SilosAsync(CancellationToken cancellationToken)
    {
        MembershipEntry[] silos = await client.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true, cancellationToken);
        return [.. silos.Select(s => new SiloView(s.SiloName, s.SiloAddress.Endpoint.Address.ToString(), s.ProxyPort)).OrderBy(s => s.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public Task<PoolView> PoolAsync(CancellationToken cancellationToken) => client.GetGrain<IDevicePoolGrain>(0).GetPool(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(2));
        try
        {
            await host.StopAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            // The silo is gone or slow; the process ends anyway.
        }
        host.Dispose();
    }
}
