using CatGan.Coordinator.App;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Serve;
using CatGan.Storage;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

public class AccessTests
{
    private const string Root = $"/api/v1/sweeps/{Cats.Id}";

    [Fact]
    public async Task Loopback_WithoutKeys_IsOpenToThisMachine()
    {
        await using Site site = await Site.StartAsync();
        Assert.Equal("admin", (await site.GetAsync("/api/v1/me")).GetProperty("role").GetString());
    }

    [Theory]
    [InlineData(AccessRole.Viewer, 200, 403)]
    [InlineData(AccessRole.Operator, 200, 200)]
    [InlineData(AccessRole.Admin, 200, 200)]
    internal async Task Key_OfARole_MayWhatTheRoleMay(AccessRole role, int read, int write)
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => (_, key) = (await Cats.WriteAsync(s.Store), await s.KeyAsync(role)));
        Assert.Equal(read, (await site.SendAsync(HttpMethod.Get, Root, key)).Status);
        Assert.Equal(write, (await site.SendAsync(HttpMethod.Post, $"{Root}/pause", key)).Status);
    }

    [Theory]
    [InlineData(AccessRole.Operator, 403)]
    [InlineData(AccessRole.Admin, 200)]
    internal async Task Dashboard_OfOrleans_IsForAdmins(AccessRole role, int status)
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => key = await s.KeyAsync(role));
        Assert.Equal(status, (await site.SendAsync(HttpMethod.Get, "/orleans/index.html", key)).Status);
        Assert.Equal(302, (await site.SendAsync(HttpMethod.Get, "/orleans/index.html")).Status);
    }

    [Fact]
    public async Task Metrics_ForPrometheus_AreForWhoeverHasAKey()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => key = await s.KeyAsync(AccessRole.Viewer));
        Answer stranger = await site.SendAsync(HttpMethod.Get, "/metrics");
        Assert.Equal((401, "application/problem+json"), (stranger.Status, stranger.Headers["Content-Type"]));
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/api/v1/sweeps", key)).Status);
        Answer metrics = await site.SendAsync(HttpMethod.Get, "/metrics", key);
        Assert.Equal(200, metrics.Status);
        Assert.Matches("""(?m)^http_server_request_duration_seconds_count\{[^}]*http_route="/api/v1/sweeps/"[^}]*\} [1-9]""", metrics.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("catgan_0000000000_0000000000000000000000000000000000000000000000000000")]
    public async Task Stranger_OnceThereAreKeys_IsTurnedAway(string? key)
    {
        await using Site site = await Site.StartAsync(async s => await s.KeyAsync(AccessRole.Admin));
        Answer answer = await site.SendAsync(HttpMethod.Get, "/api/v1/sweeps", key);
        Assert.Equal((401, "application/problem+json"), (answer.Status, answer.Headers["Content-Type"]));
        Assert.StartsWith("Bearer", answer.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task Key_WithOneLetterChanged_IsNoKey()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => key = await s.KeyAsync(AccessRole.Admin));
        string other = key[..^1] + (key[^1] == '0' ? '1' : '0');
        Assert.Equal((200, 401), ((await site.SendAsync(HttpMethod.Get, "/api/v1/me", key)).Status, (await site.SendAsync(HttpMethod.Get, "/api/v1/me", other)).Status));
    }

    [Fact]
    public async Task Key_Revoked_OpensNothingAndTheServerStaysClosed()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s =>
        {
            key = await s.KeyAsync(AccessRole.Admin, "only");
            await new KeyStore(s.Store, TimeProvider.System).RevokeAsync("only", CancellationToken.None);
        });
        Assert.Equal(401, (await site.SendAsync(HttpMethod.Get, "/api/v1/me", key)).Status);
        Assert.Equal(401, (await site.SendAsync(HttpMethod.Get, "/api/v1/me")).Status);
    }

    [Fact]
    public async Task Key_Expired_OpensNothing()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s =>
            key = $"{(await new KeyStore(s.Store, TimeProvider.System).AddAsync("short", AccessRole.Admin, TimeSpan.FromTicks(1), CancellationToken.None)).Text}");
        Assert.Equal(401, (await site.SendAsync(HttpMethod.Get, "/api/v1/me", key)).Status);
    }

    [Fact]
    public async Task Store_OfKeys_HoldsNoKey()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => key = await s.KeyAsync(AccessRole.Viewer));
        await foreach (BlobInfo blob in site.Store.ListAsync("", CancellationToken.None))
        {
            string text = await site.Store.ReadTextAsync(blob.Name) ?? "";
            Assert.DoesNotContain(key[^52..], text);
            Assert.DoesNotContain(key[^52..], blob.Name);
        }
    }

    [Fact]
    public async Task SignIn_WithAKey_GivesACookieThatOpensUntilSignOut()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => (_, key) = (await Cats.WriteAsync(s.Store), await s.KeyAsync(AccessRole.Operator)));
        Answer redirected = await site.SendAsync(HttpMethod.Get, $"/?x=1");
        Assert.Equal((302, "/sign-in?return=%2F%3Fx%3D1"), (redirected.Status, new Uri(site.Address, redirected.Headers["Location"]).PathAndQuery));
        Answer signedIn = await SignInAsync(site, key, "/sweeps?x=1");
        Assert.Equal((302, "/sweeps?x=1"), (signedIn.Status, signedIn.Headers["Location"]));
        string cookie = signedIn.Headers["Set-Cookie"];
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        (string, string) with = ("Cookie", cookie.Split(';')[0]);
        Assert.Equal("operator", (await site.SendAsync(HttpMethod.Get, "/api/v1/me", headers: with)).Json.GetProperty("role").GetString());
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/", headers: with)).Status);
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Post, $"{Root}/pause", headers: [with, ("Sec-Fetch-Site", "same-origin")])).Status);
    }

    [Fact]
    public async Task SignIn_WithAWrongKey_GivesNoCookie()
    {
        await using Site site = await Site.StartAsync(async s => await s.KeyAsync(AccessRole.Operator));
        Answer answer = await SignInAsync(site, "wrong", "/");
        Assert.Equal((302, "/sign-in?failed=1&return=%2F"), (answer.Status, answer.Headers["Location"]));
        Assert.DoesNotContain("Set-Cookie", answer.Headers.Keys);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_BackToAnotherSite_GoesToTheFirstPage(string back)
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => key = await s.KeyAsync(AccessRole.Operator));
        Assert.Equal("/", (await SignInAsync(site, key, back)).Headers["Location"]);
    }

    [Fact]
    public async Task SignIn_TriedOverAndOver_IsSlowedDown()
    {
        await using Site site = await Site.StartAsync(async s => await s.KeyAsync(AccessRole.Operator));
        List<int> answers = [];
        for (int i = 0; i < 12; i++)
            answers.Add((await SignInAsync(site, "wrong", "/")).Status);
        Assert.Equal((302, 429), (answers[0], answers[^1]));
    }

    [Fact]
    public async Task Cookie_OfARevokedKey_OpensNothing()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => key = await s.KeyAsync(AccessRole.Operator, "gone"));
        (string, string) cookie = ("Cookie", (await SignInAsync(site, key, "/")).Headers["Set-Cookie"].Split(';')[0]);
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/api/v1/me", headers: cookie)).Status);
        await new KeyStore(site.Store, TimeProvider.System).RevokeAsync("gone", CancellationToken.None);
        await Eventually.TrueAsync(async () => (await site.SendAsync(HttpMethod.Get, "/api/v1/me", headers: cookie)).Status == 401);
    }

    public static TheoryData<string, string> ForeignHeaders => new()
    {
        { "Origin", "https://evil.example" },
        { "Origin", "null" },
        { "Sec-Fetch-Site", "cross-site" },
        { "Sec-Fetch-Site", "same-site" },
        { "Sec-Fetch-Site", "none" },
    };

    [Theory, MemberData(nameof(ForeignHeaders))]
    public async Task Write_FromAnotherSite_IsRefusedEvenWithoutKeys(string name, string value)
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        Answer answer = await site.SendAsync(HttpMethod.Post, $"{Root}/pause", headers: (name, value));
        Assert.Equal(403, answer.Status);
        Assert.Empty(site.Silo.Commands);
    }

    [Fact]
    public async Task Write_ByCookieAlone_IsRefused()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => (_, key) = (await Cats.WriteAsync(s.Store), await s.KeyAsync(AccessRole.Operator)));
        string cookie = (await SignInAsync(site, key, "/")).Headers["Set-Cookie"].Split(';')[0];
        Assert.Equal(403, (await site.SendAsync(HttpMethod.Post, $"{Root}/pause", headers: ("Cookie", cookie))).Status);
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Post, $"{Root}/pause", headers: [("Cookie", cookie), ("Origin", site.Address.GetLeftPart(UriPartial.Authority))])).Status);
    }

    [Fact]
    public async Task Write_ByGet_IsNoWrite()
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        Assert.Equal(405, (await site.SendAsync(HttpMethod.Get, $"{Root}/pause")).Status);
        Assert.Empty(site.Silo.Commands);
    }

    [Fact]
    public async Task Host_OfAnotherName_IsRefusedOnLoopbackUnlessAllowed()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => key = await s.KeyAsync(AccessRole.Viewer), o => o with { Hosts = ["cats.example"] });
        Assert.Equal(400, (await site.SendAsync(HttpMethod.Get, "/api/v1/sweeps", key, headers: ("Host", "evil.example"))).Status);
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/api/v1/sweeps", key, headers: ("Host", "cats.example"))).Status);
    }

    [Theory]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.2")]
    [InlineData("[::1]")]
    public async Task Host_ThatMeansThisMachine_IsTaken(string host)
    {
        await using Site site = await Site.StartAsync();
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/api/v1/sweeps", headers: ("Host", host))).Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/sweeps")]
    [InlineData("/api/v1/sweeps/nosuch")]
    [InlineData("/robots.txt")]
    [InlineData("/nothing")]
    public async Task Answer_OfAnyKind_HasTheSecurityHeaders(string path)
    {
        await using Site site = await Site.StartAsync();
        Answer answer = await site.SendAsync(HttpMethod.Get, path);
        Assert.DoesNotContain("unsafe", answer.Headers["Content-Security-Policy"]);
        Assert.Contains("frame-ancestors 'none'", answer.Headers["Content-Security-Policy"]);
        Assert.Equal(("nosniff", "same-origin", "same-origin"), (answer.Headers["X-Content-Type-Options"], answer.Headers["Referrer-Policy"], answer.Headers["Cross-Origin-Resource-Policy"]));
        Assert.False(answer.Headers.ContainsKey("Server"));
        Assert.True(answer.Headers.ContainsKey("Cache-Control"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", false, "has no keys")]
    [InlineData("http://*:0", false, "has no keys")]
    [InlineData("http://0.0.0.0:0", true, "travel in the clear")]
    [InlineData("https://127.0.0.1:0", true, "needs a certificate")]
    public async Task Listen_WhereStrangersReachIt_IsRefused(string listen, bool withKey, string words)
    {
        UserException fault = await Assert.ThrowsAsync<UserException>(() => Site.StartAsync(
            async s => _ = withKey ? await s.KeyAsync(AccessRole.Admin) : "", o => o with { Listen = ListenAddress.Parse(listen) }));
        Assert.Equal(ExitCode.BadInput, fault.ExitCode);
        Assert.Contains(words, fault.Message);
        Assert.NotEmpty(fault.Hints);
    }

    [Fact]
    public async Task Listen_BeyondLoopbackWithKeys_AsksForThem()
    {
        await using Site site = await Site.StartAsync(async s => await s.KeyAsync(AccessRole.Admin), o => o with { Listen = ListenAddress.Parse("http://0.0.0.0:0"), Insecure = true });
        Assert.Equal(401, (await site.SendAsync(HttpMethod.Get, "/api/v1/sweeps")).Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:1", true)]
    [InlineData("https://[::1]:443", true)]
    [InlineData("http://[::]:80", false)]
    [InlineData("http://10.0.0.1:80", false)]
    public void ListenAddress_Typed_KnowsWhetherStrangersReachIt(string typed, bool loopback) => Assert.Equal(loopback, ListenAddress.Parse(typed).IsLoopback);

    [Theory]
    [InlineData("8080")]
    [InlineData("http://cats.example:80")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1/path")]
    [InlineData("http://user@127.0.0.1")]
    public void ListenAddress_Nonsense_SaysWhatItMustBe(string typed) => Assert.Contains("must be http://", Assert.Throws<UserException>(() => ListenAddress.Parse(typed)).Message);

    private static Task<Answer> SignInAsync(Site site, string key, string back) => site.SendAsync(
        HttpMethod.Post, "/sign-in", body: new FormUrlEncodedContent([new("key", key), new("return", back)]), headers: ("Sec-Fetch-Site", "same-origin"));
}
