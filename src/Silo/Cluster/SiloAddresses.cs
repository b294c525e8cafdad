using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace CatGan.Silo.Cluster;

/// <summary>Where a silo of a cluster is reached and listens.</summary>
/// <param name="Advertised">Address that other silos and clients use.</param>
/// <param name="SiloPort">Port for other silos.</param>
/// <param name="GatewayPort">Port for clients.</param>
internal sealed record SiloAddresses(IPAddress Advertised, int SiloPort, int GatewayPort)
{
    /// <summary>True when nobody but this machine reaches the silo.</summary>
    public bool Loopback => IPAddress.IsLoopback(Advertised);

    /// <summary>The addresses that options ask for.</summary>
    /// <exception cref="ArgumentException">The host has no address.</exception>
    public static SiloAddresses Of(SiloOptions options)
    {
        IPAddress advertised = Resolve(options.Host);
        bool free = IPAddress.IsLoopback(advertised);
        (int silo, int gateway) = free ? Free(advertised) : (SiloOptions.DefaultSiloPort, SiloOptions.DefaultGatewayPort);
        return new SiloAddresses(advertised, options.SiloPort ?? silo, options.GatewayPort ?? gateway);
    }

    /// <summary>Loopback listens on loopback; anything else on all addresses, for the advertised one may be a router's.</summary>
    public void Configure(EndpointOptions endpoint)
    {
        IPAddress listen = Loopback ? Advertised : Advertised.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
        endpoint.AdvertisedIPAddress = Advertised;
        endpoint.SiloPort = SiloPort;
        endpoint.GatewayPort = GatewayPort;
        endpoint.SiloListeningEndpoint = new IPEndPoint(listen, SiloPort);
        endpoint.GatewayListeningEndpoint = new IPEndPoint(listen, GatewayPort);
    }

    private static IPAddress Resolve(string? host)
    {
        if (host is null)
            return IPAddress.Loopback;
        if (IPAddress.TryParse(host, out IPAddress? address))
            return address;
        try
        {
            return Dns.GetHostAddresses(host).OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
        }
        catch (Exception fault) when (fault is SocketException or InvalidOperationException)
        {
            throw new ArgumentException($"--host is '{host}', which has no address: {fault.Message}; give this machine's address as other machines see it", fault);
        }
    }

    private static (int Silo, int Gateway) Free(IPAddress address)
    {
        using TcpListener silo = new(address, 0);
        using TcpListener gateway = new(address, 0);
        silo.Start();
        gateway.Start();
        return (((IPEndPoint)silo.LocalEndpoint).Port, ((IPEndPoint)gateway.LocalEndpoint).Port);
    }
}
