using CatGan.Abstractions.Cluster;
using CatGan.Abstractions.Tests.Cluster;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Silo.Tests;

namespace CatGan.Coordinator.Tests.Cluster;

public sealed class ClusterChoiceTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Cluster_TypedOverEnvironmentOverFile_TheNearestWins()
    {
        shell.Write("appsettings.json", """{"CatGan": {"Cluster": "redis://file", "ClusterId": "id-of-file", "Store": "store-of-file"}}""");
        Assert.Equal(("redis://file:6379", "id-of-file"), await ChosenAsync());
        shell.Environment["CatGan__Cluster"] = "redis://long";
        Assert.Equal("redis://long:6379", (await ChosenAsync()).Redis);
        shell.Environment["CATGAN_CLUSTER"] = "redis://short";
        Assert.Equal("redis://short:6379", (await ChosenAsync()).Redis);
        Assert.Equal(("redis://typed:6379", "id"), await ChosenAsync("--cluster", "redis://typed", "--cluster-id", "id"));
        Assert.Contains("store-of-file", (await shell.RunAsync("list")).Error);
    }

    [Fact]
    public async Task Cluster_OfNothing_IsTheLocalSilo() => Assert.Null((await ChosenAsync()).Redis);

    [Theory]
    [InlineData("http://box", "--cluster is no address of a Redis")]
    [InlineData("redis://:secret@box/cats", "--cluster has the database 'cats', which is no number")]
    public async Task Cluster_NoAddress_IsBadInputWithoutItsSecret(string uri, string expected)
    {
        Said said = await shell.RunAsync("list", "--cluster", uri);
        Assert.Equal(2, said.Code);
        Assert.Contains(expected, said.Error);
        Assert.DoesNotContain("secret", said.Error);
    }

    [Fact]
    public async Task Settings_FileThatIsNoJson_IsBadInput()
    {
        shell.Write("appsettings.json", "{");
        Said said = await shell.RunAsync("list");
        Assert.Equal(2, said.Code);
        Assert.Contains("appsettings.json cannot be read", said.Error);
    }

    [Fact]
    public async Task Join_NoSiloHasEverWorkedThere_SaysSoAndStartsNone()
    {
        shell.RealDoors = true;
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync("resume", "last", "--cluster", "redis://127.0.0.1:1");
        Assert.Equal(4, said.Code);
        Assert.Contains("no silo of a cluster has worked on the store", said.Error);
        Assert.Contains("catgan silo --cluster", said.Error);
        Said status = await shell.RunAsync("status", "last", "--cluster", "redis://127.0.0.1:1");
        Assert.Equal(0, status.Code);
        Assert.Contains("note: no silo of a cluster has worked", status.Error);
    }

    [Fact]
    public async Task Join_NoRedisThere_SaysSo()
    {
        shell.RealDoors = true;
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync("resume", "last", "--cluster", "redis://127.0.0.1:1", "--cluster-id", "cats");
        Assert.Equal(4, said.Code);
        Assert.Contains("Redis at redis://127.0.0.1:1 cannot be used", said.Error);
    }

    [Fact]
    public async Task Join_NoSiloAnswers_SaysWhatToDoAboutTlsOnEitherSide()
    {
        using RedisServer redis = await RedisServer.StartAsync();
        using TestCa ca = new("cats");
        TlsFiles ours = ca.Issue("client");
        (shell.RealDoors, shell.Impatient) = (true, true);
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        string[] line = ["resume", "last", "--cluster", redis.Address, "--cluster-id", "cats"];

        Said plain = await shell.RunAsync(line);
        Said tls = await shell.RunAsync([.. line, "--tls-cert", ours.Certificate, "--tls-key", ours.Key!, "--tls-ca", ca.Root]);
        Said status = await shell.RunAsync(["status", .. line[1..]]);

        Assert.Equal((4, 4, 0), (plain.Code, tls.Code, status.Code));
        Assert.Contains("hint: where its silos use TLS, this needs it too: --tls-cert FILE", plain.Error);
        Assert.Contains("hint: where its silos run without TLS (on loopback, or with `catgan silo --insecure`), leave --tls-cert", tls.Error);
        Assert.DoesNotContain("where its silos use TLS", tls.Error);
        Assert.Contains("--tls-cert FILE", status.Error);
    }

    [Fact]
    public async Task Silo_WithoutACluster_SaysWhatItNeeds()
    {
        Said said = await shell.RunAsync("silo");
        Assert.Equal(2, said.Code);
        Assert.Contains("a silo of a cluster needs --cluster", said.Error);
    }

    private async Task<(string? Redis, string? Id)> ChosenAsync(params string[] more)
    {
        ClusterChoice? choice = null;
        shell.OnDoor = s => choice = s.Cluster;
        await Journals.WriteHalfDoneAsync(shell.Store, $"two-{Guid.NewGuid():N}");
        shell.Silo.Script.Add(() => Statuses.Of(Abstractions.SweepPhase.Finished));
        await shell.RunAsync(["status", "last", "--store", ".catgan", .. more]);
        return (choice!.Redis?.ToString(), choice.Id);
    }
}
