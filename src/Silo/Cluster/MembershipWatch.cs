using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;

namespace CatGan.Silo.Cluster;

/// <summary>
/// Ends the silo when Redis has come back empty. Orleans' silos go on with the members they remember, unseen by
/// clients and by silos that start later, which would make a second cluster over the same store. So each silo looks for
/// its own row; one that is missing in two looks running hands its runs back and ends, to be started afresh.
/// </summary>
internal sealed class MembershipWatch(
    IMembershipTable table, ILocalSiloDetails silo, Ending ending, IHostApplicationLifetime lifetime, TimeProvider time,
    IOptions<ClusterMembershipOptions> options, ILogger<MembershipWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private bool _away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Every, time);
        int missing = 0;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            bool? listed = await IsListedAsync();
            missing = listed == false ? missing + 1 : 0;
            if (missing < 2)
                continue;
            log.LogError("Redis has lost this cluster's members, which it must have come back without; the silo ends to join anew.");
            ending.Expel();
            lifetime.StopApplication();
            return;
        }
    }

    /// <summary>Whether this silo is in the table; null when Redis does not say.</summary>
    private async Task<bool?> IsListedAsync()
    {
        try
        {
            using CancellationTokenSource late = new(options.Value.TableRefreshTimeout, time);
            MembershipTableData data = await table.ReadAllAsync(late.Token);
            if (_away)
                log.LogInformation("Redis answers again.");
            _away = false;
            return data.Members.Any(m => m.Item1.SiloAddress.Equals(silo.SiloAddress));
        }
        catch (RedisClusteringException)
        {
            // Redis answers, and there is no table at all.
            return false;
        }
        catch (Exception fault)
        {
            if (!_away)
                log.LogWarning("Redis does not answer; training goes on: {Fault}", fault.Message);
            _away = true;
            return null;
        }
    }
}
