using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace CatGan.Silo.Cluster;

/// <summary>
/// Stands between Orleans and the work: says when the silo is a member, and when it stops ends what is expelled. An expelled silo has handed its runs back by then, and
/// Orleans would try for minutes to sign off from a table that does not know it.
/// </summary>
internal sealed class MemberService(Ending ending, LastWords words, SiloAddresses addresses, IOptions<ClusterOptions> cluster, ILogger<MemberService> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        log.LogInformation(
            "A member of cluster {Cluster}; silos reach it at {Address}:{SiloPort}, clients at {GatewayPort}.",
            cluster.Value.ClusterId, addresses.Advertised, addresses.SiloPort, addresses.GatewayPort);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (ending.Expelled)
        {
            words.Send();
            ProcessEnd.Now(ending.Code);
        }
        return Task.CompletedTask;
    }
}
