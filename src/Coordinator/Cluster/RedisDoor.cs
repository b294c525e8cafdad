using CatGan.Abstractions;
using CatGan.Abstractions.Cluster;
using CatGan.Coordinator.App;
using CatGan.Storage;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using StackExchange.Redis;

namespace CatGan.Coordinator.Cluster;

/// <summary>Joins the cluster whose silos are listed in a Redis. It never starts one: <c>catgan silo</c> does, on each machine.</summary>
internal sealed class RedisDoor(Surroundings surroundings) : IClusterDoor
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GatewaysEvery = TimeSpan.FromSeconds(5);

    /// <summary>Long enough for a Redis that is away for a minute, and for silos that join anew after that.</summary>
    public TimeSpan RejoinWithin => TimeSpan.FromMinutes(3);

    private RedisAddress Redis => surroundings.Cluster.Redis!;

    /// <inheritdoc/>
    public async Task<ICluster?> FindAsync(IBlobStore store, CancellationToken cancellationToken)
    {
        try
        {
            return await ConnectAsync(store, cancellationToken);
        }
        catch (UserException fault)
        {
            surroundings.Error.WriteLine($"note: {fault.Message}");
            if (fault.Hints is [{ } first, ..])
                surroundings.Error.WriteLine($"hint: {first}");
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<ICluster> JoinAsync(string storeUri, IBlobStore store, SiloWishes wishes, CancellationToken cancellationToken)
    {
        ICluster cluster = await ConnectAsync(store, cancellationToken);
        if (wishes.Arguments.Count > 0)
            surroundings.Error.WriteLine($"{string.Join(' ', wishes.Arguments)} is for a silo that is started; the silos of a cluster are used as they are");
        return cluster;
    }

    /// <summary>Id of the cluster: the one that was typed, else the one that the first silo left in the store.</summary>
    public static async Task<string?> IdAsync(ClusterChoice choice, IBlobStore store, CancellationToken cancellationToken) =>
        choice.Id ?? await store.ReadTextAsync(StoreLayout.ClusterId, cancellationToken);

    /// <summary>How Redis is reached.</summary>
    public static ConfigurationOptions Options(RedisAddress redis, TlsFiles? tls)
    {
        ConfigurationOptions options = RedisConnection.Options(redis, tls, "catgan");
        // A person waits.
        options.ConnectRetry = 1;
        return options;
    }

    private async Task<ICluster> ConnectAsync(IBlobStore store, CancellationToken cancellationToken)
    {
        string id = await IdAsync(surroundings.Cluster, store, cancellationToken)
            ?? throw NoSilo($"no silo of a cluster has worked on the store {store.Uri} yet (is --store the cluster's?)");
        string? refused = null;
        MutualTls? tls = surroundings.Cluster.Tls is { } files ? new MutualTls(Load(files), surroundings.Time, why => refused = why) : null;
        using CancellationTokenSource late = new(ConnectWithin, surroundings.Time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await OrleansCluster.ConnectAsync(client => Configure(client, id, tls), both.Token).WaitAsync(both.Token);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (Of<RedisException>(fault) is { } redis)
            {
                throw new UserException(
                    ExitCode.Unreachable, $"Redis at {Redis} cannot be used: {redis.Message}", "check --cluster, and that Redis runs and may be reached from here");
            }
            string why = refused is not null ? $"TLS: {refused}" : fault is OperationCanceledException ? $"nothing within {ConnectWithin.TotalSeconds:0} s" : fault.Message;
            throw NoSilo($"no silo of the cluster {id} in {Redis} answers: {why}", TlsHint(tls is not null, refused));
        }
    }

    private void Configure(IClientBuilder client, string id, MutualTls? tls)
    {
        client
            .UseRedisClustering(o =>
            {
                o.ConfigurationOptions = Options(Redis, surroundings.Cluster.Tls);
                o.CreateRedisKey = cluster => ClusterNames.MembersKey(cluster.ClusterId);
            })
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (id, ClusterNames.Service))
            .Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = GatewaysEvery);
        if (tls is not null)
            client.Configure<ClientConnectionOptions>(o => o.ConfigureConnection(tls.Outbound));
    }

    private TlsCertificates Load(TlsFiles files)
    {
        try
        {
            return TlsCertificates.Load(files, surroundings.Time);
        }
        catch (ArgumentException fault)
        {
            throw new UserException(ExitCode.BadInput, fault.Message, "docs/cluster.md tells how to make certificates");
        }
    }

    // Where one side alone speaks TLS, a silo is silent and a connection ends at once: neither says why. A certificate that is refused does.
    private static string[] TlsHint(bool ours, string? refused) => (ours, refused?.Contains("certificate", StringComparison.OrdinalIgnoreCase)) switch
    {
        (_, true) => [],
        (false, _) => ["where its silos use TLS, this needs it too: --tls-cert FILE, and --tls-key and --tls-ca where they are not in it"],
        (true, _) => ["where its silos run without TLS (on loopback, or with `catgan silo --insecure`), leave --tls-cert and CATGAN_TLS_CERT out"],
    };

    private static UserException NoSilo(string message, params string[] first) => new(
        ExitCode.Unreachable, message, [.. first, "start one on each machine with `catgan silo --cluster REDIS --store STORE`", "`catgan doctor` with the same options tells what is wrong"]);

    private static T? Of<T>(Exception fault)
        where T : Exception
    {
        for (Exception? at = fault; at is not null; at = at.InnerException)
        {
            if (at is T found)
                return found;
        }
        return null;
    }
}
