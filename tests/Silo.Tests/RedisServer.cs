using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CatGan.Abstractions.Cluster;
using StackExchange.Redis;

namespace CatGan.Silo.Tests;

/// <summary>A real redis-server on a free port, without persistence: what is in it is gone when it ends.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly Process _process;
    private bool _ended;

    private RedisServer(Process process, string address) => (_process, Address) = (process, address);

    /// <summary>What <c>--cluster</c> takes.</summary>
    public string Address { get; }

    /// <param name="tls">Certificate files, to listen by TLS alone and ask clients for theirs.</param>
    public static async Task<RedisServer> StartAsync(TlsFiles? tls = null)
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        ProcessStartInfo start = new("redis-server", [.. tls is null ? ["--port", $"{port}"] : Tls(tls, port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]) { RedirectStandardOutput = true };
        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains("Ready to accept connections", StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return new RedisServer(process, tls is null ? $"redis://127.0.0.1:{port}" : $"rediss://localhost:{port}");
        }
        throw new InvalidOperationException($"redis-server ended with code {process.ExitCode} before it listened on port {port}.");
    }

    /// <summary>A connection for the test itself.</summary>
    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(Address["redis://".Length..] + ",allowAdmin=true");

    private static string[] Tls(TlsFiles tls, int port) =>
        ["--port", "0", "--tls-port", $"{port}", "--tls-cert-file", tls.Certificate, "--tls-key-file", tls.Key!, "--tls-ca-cert-file", tls.Ca!];

    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
