using System.Globalization;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>A real Redis that keeps nothing on disk: killed, it comes back empty.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly string _folder;
    private Child _process;

    private RedisServer(string folder)
    {
        (_folder, Port) = (folder, Ports.Free());
        _process = Run();
    }

    public int Port { get; }

    /// <summary>What it wrote.</summary>
    public string Output => _process.Output;

    public static async Task<RedisServer> StartAsync(string folder)
    {
        RedisServer redis = new(folder);
        await redis.ReadyAsync();
        return redis;
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Starts it again, on the same port, with nothing in it.</summary>
    public Task StartEmptyAsync()
    {
        _process.Dispose();
        _process = Run();
        return ReadyAsync();
    }

    public void Dispose() => _process.Dispose();

    private Child Run() => new("redis", "redis-server", [
        "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder]);

    private Task ReadyAsync() => Wait.UntilAsync(
        "Redis takes connections", () => Task.FromResult(_process.Output.Contains("Ready to accept connections", StringComparison.Ordinal)), TimeSpan.FromSeconds(30), () => _process.Output);
}
