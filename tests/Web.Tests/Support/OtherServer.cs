using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CatGan.Web.Tests.Support;

/// <summary>A server that is not CatGan's: it gives the same answer to whatever is asked; the first one another, where it is told so.</summary>
internal sealed class OtherServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public OtherServer(int status, string type, string body, (int Status, string Type, string Body)? then = null)
    {
        listener.Start();
        serving = ServeAsync((status, type, body), then);
    }

    public string Address => $"http://{listener.LocalEndpoint}";

    public int Asked { get; private set; }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        try
        {
            await serving;
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // It was stopped while it waited, or just before it did.
        }
        listener.Dispose();
    }

    private async Task ServeAsync((int Status, string Type, string Body) first, (int Status, string Type, string Body)? then)
    {
        while (true)
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            await using NetworkStream stream = client.GetStream();
            using StreamReader reader = new(stream, leaveOpen: true);
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
                // The head of the request, which may be anything.
            }
            (int status, string type, string body) = Asked++ > 0 ? then ?? first : first;
            string head = $"HTTP/1.1 {status} So\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{(status == 302 ? "Location: https://cats.example/api\r\n" : "")}\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head + body));
        }
    }
}
