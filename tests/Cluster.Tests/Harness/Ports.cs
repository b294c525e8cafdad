using System.Net;
using System.Net.Sockets;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>Ports that a server may give up and take again: below those that the system hands out to connections.</summary>
internal static class Ports
{
    private const int First = 20_000;
    private const int Count = 10_000;

    /// <summary>A port of loopback that nobody listens on.</summary>
    public static int Free()
    {
        Random random = new(HashCode.Combine(Environment.ProcessId, Environment.TickCount64, Guid.NewGuid()));
        for (int tries = 0; tries < 200; tries++)
        {
            int port = First + random.Next(Count);
            try
            {
                using TcpListener listener = new(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; another one.
            }
        }
        throw new InvalidOperationException($"No port of {First} to {First + Count} is free.");
    }
}
