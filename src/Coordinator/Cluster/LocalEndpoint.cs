using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Storage;

namespace CatGan.Coordinator.Cluster;

/// <summary>How to reach the silo that works on a store, as the silo writes it to <see cref="StoreLayout.LocalEndpoint"/>.</summary>
internal sealed record LocalEndpoint
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Process id of the silo.</summary>
    public required int Pid { get; init; }

    /// <summary>Address that it listens on.</summary>
    public required string Host { get; init; }

    /// <summary>Port for clients.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>Port for other silos.</summary>
    public int SiloPort { get; init; }

    /// <summary>Orleans cluster id.</summary>
    public required string ClusterId { get; init; }

    /// <summary>Orleans service id.</summary>
    public required string ServiceId { get; init; }

    /// <summary>When the silo started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The endpoint in a store; null when there is none or it cannot be understood.</summary>
    public static async Task<LocalEndpoint?> ReadAsync(IBlobStore store, CancellationToken cancellationToken)
    {
        if (await store.ReadTextAsync(StoreLayout.LocalEndpoint, cancellationToken) is not { } text)
            return null;
        try
        {
            return JsonSerializer.Deserialize<LocalEndpoint>(text, Json);
        }
        catch (JsonException)
        {
            // Written by another version, or damaged: as good as none, the next silo replaces it.
            return null;
        }
    }
}
