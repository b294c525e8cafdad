using CatGan.Abstractions.Cluster;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using StackExchange.Redis;

namespace CatGan.Silo.Cluster;

/// <summary>Makes a silo a member of the cluster in Redis. The figures are explained in docs/cluster.md.</summary>
internal static class Membership
{
    public static void Add(ISiloBuilder silo, SiloOptions options, string clusterId, SiloAddresses addresses)
    {
        RedisAddress address = RedisAddress.TryParse(options.Cluster!, out _)!;
        TlsFiles? tls = options.Tls(out _);
        silo.UseRedisClustering(o =>
        {
            o.ConfigurationOptions = Redis(address, tls);
            o.CreateMultiplexer = _ => ConnectAsync(address, tls);
            o.CreateRedisKey = cluster => ClusterNames.MembersKey(cluster.ClusterId);
        });
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (clusterId, ClusterNames.Service));
        silo.Configure<Orleans.Configuration.SiloOptions>(o => o.SiloName = options.Name ?? Environment.MachineName);
        silo.Configure<EndpointOptions>(addresses.Configure);
        silo.Configure<ClusterMembershipOptions>(Detect);
    }

    /// <summary>How soon a member is held for dead, and how soon its row in Redis counts for nothing.</summary>
    private static void Detect(ClusterMembershipOptions o)
    {
        // A probe a second, three missed: kill -9 is noticed after about three seconds.
        o.ProbeTimeout = TimeSpan.FromSeconds(1);
        o.MaxProbeTimeout = TimeSpan.FromSeconds(2);
        o.NumMissedProbesLimit = 3;
        o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        // Rows of silos that were all killed at once count as alive for 15 s after their last update.
        o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        o.NumMissedTableIAmAliveLimit = 3;
        o.DefunctSiloExpiration = TimeSpan.FromHours(6);
        o.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
    }

    private static async Task<(IConnectionMultiplexer, bool)> ConnectAsync(RedisAddress address, TlsFiles? tls)
    {
        try
        {
            return (await ConnectionMultiplexer.ConnectAsync(Redis(address, tls)), false);
        }
        catch (RedisException fault)
        {
            throw new UnreachableException($"Redis at {address} cannot be used: {fault.Message}", fault);
        }
    }

    private static ConfigurationOptions Redis(RedisAddress address, TlsFiles? tls)
    {
        ConfigurationOptions redis = RedisConnection.Options(address, tls, "catgan-silo");
        // A Redis that comes back is found again within a second or two.
        redis.ReconnectRetryPolicy = new LinearRetry(1000);
        return redis;
    }
}
