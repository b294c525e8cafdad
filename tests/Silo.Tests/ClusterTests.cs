using System.Diagnostics;
using CatGan.Abstractions;
using CatGan.Abstractions.Cluster;
using CatGan.Abstractions.Grains;
using CatGan.Abstractions.Tests.Cluster;
using CatGan.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using StackExchange.Redis;

namespace CatGan.Silo.Tests;

/// <summary>Real silos that find each other in a real Redis.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private readonly TestStore _store = new();
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync();

    [Fact]
    public async Task Silos_OfDifferentSizes_JoinAndAreKilled_CapacityFollows()
    {
        using SiloProcess small = Start("small", "1");
        await JoinedAsync(small);
        using SiloProcess large = Start("large", "3");
        await JoinedAsync(large);
        await CallAsync(async client =>
        {
            IDevicePoolGrain pool = client.GetGrain<IDevicePoolGrain>(0);
            await TestStore.UntilAsync(async () => await pool.GetCapacity(CancellationToken.None) == 4);
            long killed = Stopwatch.GetTimestamp();
            large.Kill();
            await TestStore.UntilAsync(async () => await DeadAsync("large"));
            Assert.True(Stopwatch.GetElapsedTime(killed) < TimeSpan.FromSeconds(10), $"kill -9 was noticed after {Stopwatch.GetElapsedTime(killed)}");
            await TestStore.UntilAsync(async () => await TriedAsync(() => pool.GetCapacity(CancellationToken.None)) == 1);
        });
    }

    [Fact]
    public async Task Silo_RedisComesBackEmpty_EndsToJoinAnewAndTheNextOneDoes()
    {
        using SiloProcess first = Start("first", "0");
        await JoinedAsync(first);
        await using (ConnectionMultiplexer redis = await _redis.ConnectAsync())
            await redis.GetServers()[0].FlushAllDatabasesAsync();
        Assert.Equal(ExitCodes.Expelled, await first.ExitAsync());
        Assert.Contains("Redis has lost this cluster's members", first.Output, StringComparison.Ordinal);
        using SiloProcess second = Start("second", "0");
        await JoinedAsync(second);
    }

    [Fact]
    public async Task Silo_TerminatedInACluster_LeavesAndEndsWithCodeZero()
    {
        using SiloProcess silo = Start("leaver", "1");
        await JoinedAsync(silo);
        silo.Terminate();
        Assert.Equal(ExitCodes.Done, await silo.ExitAsync(withinSeconds: 15));
        Assert.True(await DeadAsync("leaver"));
    }

    [Fact]
    public async Task Silo_RedisDoesNotAnswer_SaysSoAndEndsWithItsCode()
    {
        _redis.Dispose();
        using SiloProcess silo = Start("alone", "0");
        Assert.Equal(ExitCodes.Unreachable, await silo.ExitAsync());
        Assert.Contains($"Redis at {_redis.Address} cannot be used", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silos_WithCertificatesOfOneCa_WorkTogetherAndLetNobodyElseIn()
    {
        using TestCa ours = new("ours"), theirs = new("theirs");
        TlsFiles first = ours.Issue("first"), second = ours.Issue("second");
        using SiloProcess a = Start("a", "1", Options(first));
        await JoinedAsync(a);
        using SiloProcess b = Start("b", "1", Options(second));
        await JoinedAsync(b);
        await CallAsync(client => CapacityAsync(client, 2), ours.Issue("client"));
        await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(client => CapacityAsync(client, 2)).WaitAsync(TimeSpan.FromSeconds(15)));
        await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(client => CapacityAsync(client, 2), theirs.Issue("stranger") with { Ca = ours.Root }).WaitAsync(TimeSpan.FromSeconds(15)));
        Assert.Contains("TLS: the connection with", a.Output + b.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_RedisByTls_JoinsWithItsCertificate()
    {
        using TestCa ours = new("ours");
        using RedisServer redis = await RedisServer.StartAsync(ours.Issue("redis"));
        using SiloProcess silo = SiloProcess.Start(["--store", _store.Uri, "--cluster", redis.Address, "--slots", "0", .. Options(ours.Issue("silo"))]);
        await JoinedAsync(silo);
    }

    [Fact]
    public async Task Silo_SupervisorsPipeCloses_Ends()
    {
        using SiloProcess silo = SiloProcess.StartSupervised("--store", _store.Uri, "--cluster", _redis.Address, "--slots", "0");
        await JoinedAsync(silo);
        silo.CloseInput();
        Assert.Equal(ExitCodes.Done, await silo.ExitAsync(withinSeconds: 15));
    }

    public ValueTask DisposeAsync()
    {
        _redis.Dispose();
        _store.Dispose();
        return default;
    }

    private SiloProcess Start(string name, string slots, params string[] more) =>
        SiloProcess.Start(["--store", _store.Uri, "--cluster", _redis.Address, "--device", "cpu", "--slots", slots, "--name", name, .. more]);

    private static string[] Options(TlsFiles tls) => ["--tls-cert", tls.Certificate, "--tls-key", tls.Key!, "--tls-ca", tls.Ca!];

    private static Task CapacityAsync(IClusterClient client, int slots) =>
        TestStore.UntilAsync(async () => await client.GetGrain<IDevicePoolGrain>(0).GetCapacity(CancellationToken.None) == slots);

    private static Task JoinedAsync(SiloProcess silo) => TestStore.UntilAsync(() =>
        Task.FromResult(silo.Output.Contains("A member of cluster", StringComparison.Ordinal)));

    /// <summary>Whether the members' table in Redis says that a silo is dead (status 6 of Orleans).</summary>
    private async Task<bool> DeadAsync(string name)
    {
        await using ConnectionMultiplexer redis = await _redis.ConnectAsync();
        string id = (await _store.Store.ReadTextAsync(StoreLayout.ClusterId))!;
        HashEntry[] rows = await redis.GetDatabase().HashGetAllAsync(ClusterNames.MembersKey(id));
        return rows.Any(r => r.Value.ToString().Contains($"\"SiloName\":\"{name}\"", StringComparison.Ordinal) && r.Value.ToString().Contains("\"Status\":6", StringComparison.Ordinal));
    }

    private async Task CallAsync(Func<IClusterClient, Task> call, TlsFiles? tls = null)
    {
        string id = (await _store.Store.ReadTextAsync(StoreLayout.ClusterId))!;
        using IHost host = new HostBuilder()
            .UseOrleansClient(client =>
            {
                client
                    .UseRedisClustering(o =>
                    {
                        o.ConfigurationOptions = ConfigurationOptions.Parse(_redis.Address["redis://".Length..]);
                        o.CreateRedisKey = cluster => ClusterNames.MembersKey(cluster.ClusterId);
                    })
                    .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (id, ClusterNames.Service));
                if (tls is not null)
                    client.Configure<ClientConnectionOptions>(o => o.ConfigureConnection(new MutualTls(TlsCertificates.Load(tls, TimeProvider.System), TimeProvider.System, _ => { }).Outbound));
            })
            .Build();
        await host.StartAsync();
        await call(host.Services.GetRequiredService<IClusterClient>());
        await host.StopAsync();
    }

    private static async Task<int> TriedAsync(Func<Task<int>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (fault is TimeoutException || fault.GetType().Namespace?.StartsWith("Orleans", StringComparison.Ordinal) == true)
        {
            // The silo that answered is gone; the next one is asked.
            return -1;
        }
    }
}
