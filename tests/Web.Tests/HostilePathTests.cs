using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;
using CatGan.Storage;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>Nothing in a name or path gets out of the sweep that it names, let alone out of the store.</summary>
public sealed class HostilePathTests(HostilePathTests.Guarded guarded) : IClassFixture<HostilePathTests.Guarded>
{
    private const string Secret = "only-the-server-may-see-this";

    public static TheoryData<string> Paths =>
    [
        "/api/v1/sweeps/..%2f..%2fsecret",
        "/api/v1/sweeps/..%2f..%2fsecret/spec",
        "/api/v1/sweeps/%2e%2e/spec",
        "/api/v1/sweeps/%2e%2e%2fkeys/spec",
        "/api/v1/sweeps/cats-1%2f..%2fother/spec",
        "/api/v1/sweeps/cats-1%5c..%5cother/spec",
        "/api/v1/sweeps/cats-1%00/spec",
        "/api/v1/sweeps/%252e%252e%252fsecret/spec",
        "/api/v1/sweeps/cats-1/experiments/1/samples/..%2f..%2f..%2fsecret.png",
        "/api/v1/sweeps/cats-1/experiments/1/samples/1-1.png%2f..%2f..%2fsecret",
        "/api/v1/sweeps/cats-1/experiments/1/checkpoints/..%2f..%2f..%2f..%2fsecret",
        "/api/v1/sweeps/cats-1/experiments/1/checkpoints/....%2f%2fsecret",
        "/api/v1/sweeps/cats-1/experiments/1/logs/..%2f..%2fspec.yaml",
        "/api/v1/sweeps/cats-1/experiments/-1/logs/1",
        "/api/v1/sweeps/cats-1/experiments/99999999999999999999/logs/1",
        "/api/v1/sweeps/cats-1/experiments/1/logs/2147483647",
        "/api/v1/results?sweep=..%2f..%2fsecret",
        "/api/v1/resolve?sweep=..%2f..%2fsecret",
        "/..%2f..%2fsecret",
        "/%2e%2e/%2e%2e/secret",
        "/lib/..%2f..%2fcatgan.dll",
        "/..%5c..%5ccatgan.dll",
        "/../catgan.dll",
        "/../../../../../../etc/passwd",
        "/wwwroot/../catgan.runtimeconfig.json",
    ];

    [Theory, MemberData(nameof(Paths))]
    public async Task Get_AHostilePath_FindsNothing(string path)
    {
        // As it is: a client of .NET would tidy the path before it is sent.
        string answer = await RawAsync(guarded.Site, path);
        Assert.Matches("^HTTP/1.1 (400|401|404|302) ", answer);
        Assert.DoesNotContain(Secret, answer);
        Assert.DoesNotContain("root:", answer);
        Assert.DoesNotContain("runtimeOptions", answer);
    }

    [Fact]
    public async Task Get_AnIdOfTenThousandLetters_IsNotEchoed()
    {
        Answer answer = await guarded.Site.SendAsync(HttpMethod.Get, $"/api/v1/sweeps/{new string('a', 5000)}");
        Assert.Equal(404, answer.Status);
        Assert.True(answer.Text.Length < 1000);
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""["", "ix", "1"]""")]
    [InlineData("""["experiment", "ix", "1"]""")]
    [InlineData("""["experiment", "i99999999999999999999", "1"]""")]
    [InlineData("""["experiment", "i1", "99999999999999999999"]""")]
    [InlineData("""["experiment", "i1", "x"]""")]
    [InlineData("""["experiment", "d1", "1"]""")]
    [InlineData("""["experiment", "s1", "1"]""")]
    [InlineData("""["experiment", "b7", "1"]""")]
    [InlineData("""["experiment", "", "1"]""")]
    [InlineData("""["best", "d1,5", "1"]""", "best")]
    [InlineData("""["best", "i1", "1"]""", "best")]
    [InlineData("""["reason", "\ud800", "1"]""", "reason")]
    [InlineData("""["experiment", {"a": 1}, "1"]""")]
    public async Task Get_ACursorOfAnything_IsRefusedNeverAFault(string cursor, string sort = "experiment") => await RefusedAsync($"sweeps/{Cats.Id}/experiments?sort={sort}&cursor={Packed(cursor)}");

    [Theory]
    [InlineData("""["submitted", "i99999999999999999999", "cats-1"]""")]
    [InlineData("""["submitted", "slater", "cats-1"]""")]
    [InlineData("""["submitted", null, "cats-1"]""")]
    public async Task Get_SweepsAfterACursorOfAnything_IsRefusedAndDoesNotBeginAnew(string cursor) => await RefusedAsync($"sweeps?cursor={Packed(cursor)}");

    [Fact]
    public async Task Get_ACursorThatIsNoneAtAll_IsRefused()
    {
        foreach (string cursor in (string[])["%00", "AAAA", "====", new string('A', 5000)])
            await RefusedAsync($"sweeps/{Cats.Id}/experiments?cursor={cursor}");
    }

    /// <summary>A server over a store with things in it that no path of a sweep leads to.</summary>
    public sealed class Guarded : IAsyncLifetime
    {
        internal Site Site { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Site = await Site.StartAsync(async s =>
        {
            await Cats.WriteAsync(s.Store);
            await s.Store.WriteTextAsync("secret", Secret);
            await s.Store.WriteTextAsync("sweeps/other/spec.yaml", Secret);
        });

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }

    private static string Packed(string cursor) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(cursor));

    private async Task RefusedAsync(string path)
    {
        Answer answer = await guarded.Site.SendAsync(HttpMethod.Get, $"/api/v1/{path}");
        Assert.True(answer.Status == 400 && answer.Json.GetProperty("detail").GetString() == "cursor is none of this list in this order", $"{answer.Status} {answer.Text}");
    }

    private static async Task<string> RawAsync(Site site, string path)
    {
        using TcpClient client = new();
        await client.ConnectAsync(site.Address.Host, site.Address.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {site.Address.Authority}\r\nConnection: close\r\n\r\n"));
        using StreamReader reader = new(stream);
        return await reader.ReadToEndAsync();
    }
}
