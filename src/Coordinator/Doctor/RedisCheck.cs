using System.Globalization;
using System.Runtime.CompilerServices;
using CatGan.Abstractions.Cluster;
using CatGan.Coordinator.Cluster;
using StackExchange.Redis;

namespace CatGan.Coordinator.Doctor;

/// <summary>Whether the cluster's Redis answers, how fast, which version, and its clock. Says nothing without <c>--cluster</c>.</summary>
internal sealed class RedisCheck : IDoctorCheck
{
    private const string What = "redis";
    private const int Pings = 5;
    private static readonly Version Oldest = new(5, 0);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (patient.Surroundings.Cluster is not { Redis: { } address } choice)
            yield break;
        foreach (Finding finding in await LookAsync(address, choice.Tls, patient.Surroundings.Time, cancellationToken))
            yield return finding;
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(RedisAddress address, TlsFiles? tls, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            ConfigurationOptions options = RedisDoor.Options(address, tls);
            // For INFO alone.
            options.AllowAdmin = true;
            await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellationToken);
            IServer server = redis.GetServers()[0];
            List<TimeSpan> pings = [];
            for (int i = 0; i < Pings; i++)
                pings.Add(await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken));
            pings.Sort();
            Dictionary<string, string> info = (await server.InfoAsync().WaitAsync(cancellationToken)).SelectMany(g => g).DistinctBy(p => p.Key).ToDictionary(p => p.Key, p => p.Value);
            DateTimeOffset before = time.GetUtcNow();
            DateTimeOffset theirs = new(await server.TimeAsync().WaitAsync(cancellationToken), TimeSpan.Zero);
            return [Judge(address, info, pings[Pings / 2]), ClockSkew.Of("Redis", theirs, before, time.GetUtcNow(), TimeSpan.FromMilliseconds(1))];
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException or ArgumentException)
        {
            return [Finding.Fault(What, $"{address}: {fault.Message}", "check --cluster, the password, the network, and that redis-server runs and listens beyond loopback (`bind`)")];
        }
    }

    /// <summary>What is said of a Redis that answers.</summary>
    internal static Finding Judge(RedisAddress address, IReadOnlyDictionary<string, string> info, TimeSpan ping)
    {
        string version = info.GetValueOrDefault("redis_version", "unknown");
        string said = string.Create(CultureInfo.InvariantCulture, $"{address}: version {version}, {ping.TotalMilliseconds:0.0} ms a request");
        if (Version.TryParse(version, out Version? parsed) && parsed < Oldest)
            return Finding.Fault(What, said, $"take Redis {Oldest} or later");
        if (info.GetValueOrDefault("role") == "slave")
            return Finding.Fault(What, $"{said}; it is a replica, which takes no writes", "name the primary in --cluster");
        if (info.GetValueOrDefault("maxmemory_policy", "").StartsWith("allkeys", StringComparison.Ordinal))
            return Finding.Warning(What, $"{said}; when its memory is full it drops any key (maxmemory-policy {info["maxmemory_policy"]}), the list of silos too", "set maxmemory-policy noeviction, or give CatGan a Redis of its own");
        return ping > Slow ? Finding.Warning(What, $"{said}, which is slow", "take a Redis nearer to the silos") : Finding.Well(What, said);
    }
}
