using CatGan.Abstractions.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace CatGan.Silo.Cluster;

/// <summary>Puts mutual TLS on every connection of a silo: to and from other silos, and from clients.</summary>
internal static class SiloTls
{
    public static void AddMutualTls(this ISiloBuilder silo, TlsCertificates certificates)
    {
        silo.Services.AddSingleton(certificates);
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<ILogger<MutualTls>>((options, log) =>
        {
            MutualTls tls = new(certificates, TimeProvider.System, why => log.LogWarning("TLS: {Why}", why));
            options.ConfigureSiloInboundConnection(tls.Inbound);
            options.ConfigureSiloOutboundConnection(tls.Outbound);
            options.ConfigureGatewayInboundConnection(tls.Inbound);
        });
    }
}
