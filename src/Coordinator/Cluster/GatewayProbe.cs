using System.Net.Sockets;

namespace CatGan.Coordinator.Cluster;

/// <summary>Whether somebody listens where a silo should.</summary>
internal static class GatewayProbe
{
    /// <summary>Opens a connection and closes it again.</summary>
    /// <returns>Why it cannot be opened; null when it can.</returns>
    public static async Task<string?> FaultAsync(string host, int port, TimeSpan within, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(within, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync(host, port, both.Token);
            return null;
        }
        catch (Exception fault) when (fault is SocketException or ArgumentException)
        {
            return fault.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {within.TotalSeconds:0} s";
        }
    }
}
