using System.Diagnostics;
using System.Net.Sockets;
using CatGan.Abstractions;
using CatGan.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CatGan.Silo;

/// <summary>
/// Puts this silo in charge of a local store, by conditional write: of several that start at once one wins and the
/// others end. It stands between the start of Orleans and the first work, so that who is found can be reached and who
/// is not in charge has touched nothing.
/// </summary>
internal sealed class LocalEndpointService(IBlobStore store, LocalEndpoint endpoint, ILogger<LocalEndpointService> log) : IHostedService
{
    private const int Rounds = 20;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (int round = 0; round < Rounds; round++)
        {
            BlobInfo? there = await store.GetInfoAsync(StoreLayout.LocalEndpoint, cancellationToken);
            if (there is not null && await LivingAsync(cancellationToken) is { } other)
                throw new StoreTakenException(store.Uri, other.Pid);
            BlobCondition unchanged = there is null ? BlobCondition.IfAbsent : BlobCondition.IfVersion(there.Version);
            if (await store.WriteTextAsync(StoreLayout.LocalEndpoint, endpoint.Write(), unchanged, cancellationToken) is not null)
            {
                log.LogInformation("In charge of {Store}; clients reach it at {Host}:{Port}.", store.Uri, endpoint.Host, endpoint.GatewayPort);
                return;
            }
        }
        throw new StoreTakenException(store.Uri, 0);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) == endpoint)
            await store.DeleteAsync(StoreLayout.LocalEndpoint, cancellationToken);
    }

    private async Task<LocalEndpoint?> ReadAsync(CancellationToken cancellationToken) =>
        await store.ReadTextAsync(StoreLayout.LocalEndpoint, cancellationToken) is { } text ? LocalEndpoint.Read(text) : null;

    /// <summary>The silo that is in charge, when it still lives: its process is there and its gateway takes connections.</summary>
    private async Task<LocalEndpoint?> LivingAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) is { } other && ProcessLives(other.Pid) && await ListensAsync(other, cancellationToken) ? other : null;

    private static bool ProcessLives(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task<bool> ListensAsync(LocalEndpoint other, CancellationToken cancellationToken)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(other.Host, other.GatewayPort, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>Another silo is in charge of the store.</summary>
internal sealed class StoreTakenException(string store, int pid)
    : Exception($"Another silo (process {pid}) is in charge of {store}; this one ends.");
