using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json;
using CatGan.Abstractions.Cluster;
using CatGan.Abstractions.Grains;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Doctor;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Coordinator.Tests.Commands;

/// <summary>Each fault that <c>catgan doctor</c> knows is made, and named with its cure.</summary>
[SupportedOSPlatform("linux")]
public sealed class DoctorCommandTests : IDisposable
{
    private const string Healthy = """{"versions":"libtorch 2","fault":null,"devices":[{"name":"cpu","description":"2 cores","slots":2}]}""";

    private readonly Shell shell = new() { RealDoors = true };

    public DoctorCommandTests() => Probe($"echo '{Healthy}'");

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Doctor_HealthyMachine_SaysSoAndLeavesNothingInTheStore()
    {
        Said said = await shell.RunAsync("doctor");
        Assert.True(said.Code == 0, said.Out + said.Error);
        Assert.Contains("libtorch 2", said.Out);
        Assert.Contains("cpu (2 cores, 2 slots)", said.Out);
        Assert.Contains("conditional writes hold", said.Out);
        Assert.Empty(await shell.Store.ListAsync("doctor/", CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("echo '{\"versions\":null,\"fault\":\"GLIBCXX_3.4.32 not found\",\"devices\":[]}'", "the native library does not load: GLIBCXX_3.4.32 not found")]
    [InlineData("echo broken pipe >&2; exit 134", "ended with code 134: broken pipe")]
    [InlineData("echo no json", "does not answer a probe")]
    public async Task Doctor_TorchIsBroken_IsAFaultWithACure(string script, string expected)
    {
        Probe(script);
        AssertFault(await shell.RunAsync("doctor", "--json"), "torch", expected);
    }

    [Fact]
    public async Task Doctor_NoSiloProgram_IsAFault()
    {
        shell.Environment[SiloProcess.PathVariable] = "nowhere";
        AssertFault(await shell.RunAsync("doctor", "--json"), "torch", "the silo's program is not there");
    }

    [Fact]
    public async Task Doctor_StoreCannotBeOpened_IsAFault() =>
        AssertFault(await shell.RunAsync("doctor", "--json", "--store", "ftp://cats"), "store", "--store is `ftp://cats`");

    [Fact]
    public async Task Doctor_StoreIsAFile_IsAFault()
    {
        shell.Write("file", "in the way");
        AssertFault(await shell.RunAsync("doctor", "--json", "--store", "file"), "store", "/file");
    }

    [Theory]
    [InlineData(true, false, "to be created only if absent")]
    [InlineData(false, true, "replaced a version that was no longer there")]
    public async Task StoreCheck_ConditionsAreNotKept_IsAFault(bool absent, bool version, string expected)
    {
        IReadOnlyList<Finding> found = await StoreCheck.LookAsync(new CarelessStore(shell.Store, absent, version), TimeProvider.System, CancellationToken.None);
        Assert.Contains(found, f => f.Verdict == Verdict.Fault && f.Said.Contains(expected) && f.Cure is not null);
    }

    [Theory]
    [InlineData(0, "Well")]
    [InlineData(10, "Warning")]
    [InlineData(-10, "Warning")]
    [InlineData(100, "Fault")]
    public void ClockSkew_SoManySeconds_IsJudged(int seconds, string expected)
    {
        DateTimeOffset now = new FakeTimeProvider().GetUtcNow();
        Finding found = ClockSkew.Of("Redis", now.AddSeconds(seconds), now, now.AddMilliseconds(5), TimeSpan.FromSeconds(1));
        Assert.Equal(expected, found.Verdict.ToString());
        Assert.Contains(seconds > 0 ? "behind" : seconds < 0 ? "ahead of" : "as", found.Said);
    }

    [Fact]
    public void MachineCheck_LittleMemoryOrRoom_IsJudged()
    {
        Assert.Equal(Verdict.Warning, MachineCheck.Memory(100 << 20).Verdict);
        Assert.Equal(Verdict.Well, MachineCheck.Memory(4L << 30).Verdict);
        Assert.Equal(Verdict.Fault, MachineCheck.Room("cache", "/x", 1 << 20).Verdict);
        Assert.Equal(Verdict.Warning, MachineCheck.Room("cache", "/x", 500 << 20).Verdict);
        Assert.Equal(Verdict.Well, MachineCheck.Room("cache", "/x", 5L << 30).Verdict);
    }

    [Theory]
    [InlineData("redis_version", "4.0.9", 1, "Fault", "take Redis 5.0 or later")]
    [InlineData("role", "slave", 1, "Fault", "name the primary")]
    [InlineData("maxmemory_policy", "allkeys-lru", 1, "Warning", "noeviction")]
    [InlineData("redis_version", "7.0.15", 900, "Warning", "nearer")]
    [InlineData("redis_version", "7.0.15", 1, "Well", null)]
    public void RedisCheck_OfItsInfo_IsJudged(string key, string value, int milliseconds, string verdict, string? cure)
    {
        Finding found = RedisCheck.Judge(
            RedisAddress.TryParse("redis://box", out _)!, new Dictionary<string, string> { ["redis_version"] = "7.0.15", [key] = value }, TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(verdict, found.Verdict.ToString());
        Assert.Contains(cure ?? "", found.Cure ?? "");
    }

    [Fact]
    public async Task Doctor_ClusterWithoutRedisOrSilos_NamesBoth()
    {
        Said said = await shell.RunAsync("doctor", "--json", "--cluster", "redis://127.0.0.1:1", "--cluster-id", "cats");
        AssertFault(said, "redis", "redis://127.0.0.1:1");
        AssertFault(said, "silos", "cannot be used");
    }

    [Fact]
    public async Task Doctor_SiloThatCannotBeReachedAndNoSlots_AreFaults()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int open = ((IPEndPoint)listener.LocalEndpoint).Port;
        shell.Silo.Slots = 0;
        shell.Silo.Silos.AddRange([new("near", "127.0.0.1", open), new("far", "127.0.0.1", 1)]);
        Said said = await shell.RunAsync("doctor", "--json");
        AssertFault(said, "silo far", "cannot be reached from here");
        AssertFault(said, "slots", "none: sweeps wait for ever");
        Assert.DoesNotContain("silo near", said.Out);
    }

    [Fact]
    public async Task Doctor_SlotWithAnOpenBreaker_IsAWarningThatSaysWhy()
    {
        SlotView broken = new("box-1/cuda:0/0", null, new SlotBreaker(true, 5, null, "CUDA error"));
        shell.Silo.Pool = new PoolView(true, [new SiloSlots { Silo = "box-1", SeenAgo = TimeSpan.Zero, Leaving = false, Slots = [broken] }], []);
        Said said = await shell.RunAsync("doctor");
        Assert.Equal(0, said.Code);
        Assert.Contains("slot box-1/cuda:0/0", said.Out);
        Assert.Contains("5 experiments in a row failed on it, the last because: CUDA error", said.Out);
    }

    private void Probe(string script)
    {
        shell.Write("silo.sh", "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(Path.Combine(shell.Folder, "silo.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        shell.Environment[SiloProcess.PathVariable] = "silo.sh";
    }

    private static void AssertFault(Said said, string what, string expected)
    {
        Assert.Equal(1, said.Code);
        JsonElement answer = JsonDocument.Parse(said.Out).RootElement;
        Assert.False(answer.GetProperty("well").GetBoolean());
        JsonElement found = Assert.Single(answer.GetProperty("findings").EnumerateArray(), f => f.GetProperty("what").GetString() == what);
        Assert.Equal("fault", found.GetProperty("verdict").GetString());
        Assert.Contains(expected, found.GetProperty("said").GetString());
        Assert.False(string.IsNullOrWhiteSpace(found.GetProperty("cure").GetString()));
    }

    /// <summary>A store that writes whatever the condition says, as some network file systems do.</summary>
    private sealed class CarelessStore(IBlobStore inner, bool absent, bool version) : IBlobStore
    {
        public string Uri => inner.Uri;

        public Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken) => inner.OpenReadAsync(name, cancellationToken);

        public Task<BlobVersion?> WriteAsync(string name, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken) =>
            inner.WriteAsync(name, write, (condition.MustBeAbsent && absent) || (condition.MustBe is not null && version) ? BlobCondition.Always : condition, cancellationToken);

        public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken) => inner.GetInfoAsync(name, cancellationToken);

        public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

        public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
    }
}
