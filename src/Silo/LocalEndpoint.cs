using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace CatGan.Silo;

/// <summary>How clients reach a local silo: the JSON of <c>cluster/local.json</c>.</summary>
internal sealed record LocalEndpoint(
    int Pid, string Host, int GatewayPort, int SiloPort, string ClusterId, string ServiceId, DateTimeOffset StartedAt)
{
    public const string Service = "catgan";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>An endpoint for this process, on ports that are free now.</summary>
    public static LocalEndpoint Draw(TimeProvider time)
    {
        using TcpListener silo = new(IPAddress.Loopback, 0);
        using TcpListener gateway = new(IPAddress.Loopback, 0);
        silo.Start();
        gateway.Start();
        return new LocalEndpoint(
            Environment.ProcessId,
            IPAddress.Loopback.ToString(),
            ((IPEndPoint)gateway.LocalEndpoint).Port,
            ((IPEndPoint)silo.LocalEndpoint).Port,
            $"local-{Guid.NewGuid():N}",
            Service,
            time.GetUtcNow());
    }

    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>The endpoint that <see cref="Write"/> wrote; null when the text is none.</summary>
    public static LocalEndpoint? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<LocalEndpoint>(text, Json);
        }
        catch (JsonException)
        {
            // Damaged or of another version: nobody can be reached by it.
            return null;
        }
    }
}
