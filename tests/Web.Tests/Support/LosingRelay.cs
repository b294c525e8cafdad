using System.Net;
using System.Net.Sockets;

namespace CatGan.Web.Tests.Support;

/// <summary>Passes on what is sent to a server and what it answers; its first answers are lost on the way.</summary>
internal sealed class LosingRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri server;
    private readonly int lost;
    private readonly Task serving;

    public LosingRelay(Uri server, int lost)
    {
        (this.server, this.lost) = (server, lost);
        listener.Start();
        serving = ServeAsync();
    }

    public string Address => $"http://{listener.LocalEndpoint}";

    /// <summary>Connections on which the server answered something.</summary>
    public int Answered { get; private set; }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        try
        {
            await serving;
        }
        catch (Exception e) when (e is SocketException or IOException or InvalidOperationException)
        {
            // It was stopped while it waited, or a side has left.
        }
        listener.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using TcpClient client = await listener.AcceptTcpClientAsync(), behind = new();
            await behind.ConnectAsync(server.Host, server.Port);
            Task asking = PassOnAsync(client, behind);
            byte[] piece = new byte[64 << 10];
            int read = await behind.GetStream().ReadAsync(piece);
            for (bool told = ++Answered > lost; told && read > 0; read = await behind.GetStream().ReadAsync(piece))
                await client.GetStream().WriteAsync(piece.AsMemory(0, read));
            client.Close();
            await asking;
        }
    }

    private static async Task PassOnAsync(TcpClient client, TcpClient behind)
    {
        try
        {
            await client.GetStream().CopyToAsync(behind.GetStream());
            behind.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // Its answer was lost, or it has left.
        }
    }
}
