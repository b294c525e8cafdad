using System.Text.Json.Nodes;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Serve;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Web.Tests.Support;
using CatGan.Web.Tests.Support.OpenId;
using Microsoft.IdentityModel.Tokens;

namespace CatGan.Web.Tests.OpenId;

/// <summary>Scripts that send the provider's tokens.</summary>
public class BearerTokenTests(OpenIdPair pair) : IClassFixture<OpenIdPair>
{
    private const string Pause = $"/api/v1/sweeps/{Cats.Id}/pause";

    [Theory]
    [InlineData("cat-viewers", "viewer", 403)]
    [InlineData("cat-operators", "operator", 200)]
    [InlineData("cat-admins", "admin", 200)]
    public async Task Token_OfARole_MayWhatTheRoleMay(string value, string role, int write)
    {
        (OpenIdHost provider, Site site) = (pair.Provider, pair.Site);
        provider.Claims["roles"] = new JsonArray(value);
        string token = await provider.TokenAsync();
        Answer me = await site.SendAsync(HttpMethod.Get, "/api/v1/me", token);
        Assert.Equal((200, role), (me.Status, me.Json.GetProperty("role").GetString()));
        Assert.Equal(write, (await site.SendAsync(HttpMethod.Post, Pause, token)).Status);
    }

    public static TheoryData<string, string> Forgeries => new()
    {
        { "audience", "the token is for somebody-else, not for catgan-api" },
        { "expired", "the token ended at" },
        { "endless", "the token has no end" },
        { "issuer", "the token is https://evil.example/'s, not" },
        { "stranger's key", "not signed by a key of" },
        { "unsigned", "not signed by a key of" },
        { "shared secret", "not signed by a key of" },
        { "changed", "not signed by a key of" },
        { "ID token", "this is an ID token" },
        { "logout token", "is of type logout+jwt" },
        { "nobody", "names nobody" },
        { "no token", "neither a key nor a token" },
    };

    [Theory, MemberData(nameof(Forgeries))]
    public async Task Token_Forged_OpensNothing(string forgery, string words)
    {
        string token = await pair.Provider.TokenAsync();
        Assert.Equal(200, (await pair.Site.SendAsync(HttpMethod.Get, "/api/v1/me", token)).Status);
        Answer answer = await pair.Site.SendAsync(HttpMethod.Get, "/api/v1/me", Forged(token, forgery, pair.Provider.Key));
        Assert.Equal((401, "Bearer realm=\"catgan\", error=\"invalid_token\""), (answer.Status, answer.Headers["WWW-Authenticate"]));
        Assert.Contains(words, answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Token_WithoutARole_IsForbiddenAndSaysWhichClaimWasLookedAt()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        provider.Claims["groups"] = new JsonArray("people");
        await using Site site = await OpenIdSite.StartAsync(provider, words: w => w with { RoleClaim = "groups" });
        Answer answer = await site.SendAsync(HttpMethod.Get, "/api/v1/me", await provider.TokenAsync());
        Assert.Equal(403, answer.Status);
        Assert.Contains("claim `groups` was looked at, which holds people", answer.Json.GetProperty("detail").GetString());
        Assert.NotEmpty(answer.Json.GetProperty("hints").EnumerateArray());
    }

    [Fact]
    public async Task Token_OfAWhileAgo_IsRefusedByTheServersClock()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider, s => Task.FromResult(s.Time = time));
        string token = await provider.TokenAsync();
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/api/v1/me", token)).Status);
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(401, (await site.SendAsync(HttpMethod.Get, "/api/v1/me", token)).Status);
    }

    [Fact]
    public async Task Token_WhileTheProviderIsAway_IsRefusedAndSaysSo()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        string token = await provider.TokenAsync();
        await provider.StopAsync();
        await using Site site = await OpenIdSite.StartAsync(provider);
        Answer answer = await site.SendAsync(HttpMethod.Get, "/api/v1/me", token);
        Assert.Equal(401, answer.Status);
        Assert.Contains("Cat University cannot be reached", answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Keys_BesideAProvider_OpenAsBefore()
    {
        string key = "";
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider, async s => key = await s.KeyAsync(AccessRole.Operator));
        Assert.Equal("operator", (await site.SendAsync(HttpMethod.Get, "/api/v1/me", key)).Json.GetProperty("role").GetString());
        Answer signedIn = await site.SendAsync(
            HttpMethod.Post, "/sign-in", body: new FormUrlEncodedContent([new("key", key), new("return", "/")]), headers: ("Sec-Fetch-Site", "same-origin"));
        (string, string) cookie = ("Cookie", signedIn.Headers["Set-Cookie"].Split(';')[0]);
        Assert.Equal("operator", (await site.SendAsync(HttpMethod.Get, "/api/v1/me", headers: cookie)).Json.GetProperty("role").GetString());
        Answer signedOut = await site.SendAsync(HttpMethod.Post, "/sign-out", headers: [cookie, ("Sec-Fetch-Site", "same-origin")]);
        Assert.Equal((302, "/sign-in"), (signedOut.Status, signedOut.Headers["Location"]));
    }

    [Fact]
    public async Task Token_WhereNoProviderIsSet_IsNoKey()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await Site.StartAsync(async s => await s.KeyAsync(AccessRole.Viewer));
        Assert.Equal(401, (await site.SendAsync(HttpMethod.Get, "/api/v1/me", await provider.TokenAsync())).Status);
        Assert.Equal("/sign-in?return=%2Fsign-in%2Fstart", new Uri(site.Address, (await site.SendAsync(HttpMethod.Get, "/sign-in/start")).Headers["Location"]).PathAndQuery);
        Assert.DoesNotContain("Sign in with", (await site.SendAsync(HttpMethod.Get, "/sign-in")).Text);
    }

    [Fact]
    public async Task Token_AsTheKeyOfTheCommandLine_OpensTheServer()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider, s => Cats.WriteAsync(s.Store));
        using Shell shell = new() { RealDoors = true };
        shell.Environment["CATGAN_SERVER"] = $"{site.Address}";
        shell.Environment["CATGAN_KEY"] = await provider.TokenAsync();
        Assert.Contains(Cats.Id, (await shell.RunAsync("list")).Out);
        shell.Environment["CATGAN_KEY"] = Forged(shell.Environment["CATGAN_KEY"], "expired", provider.Key);
        Said refused = await shell.RunAsync("list");
        Assert.Contains("the token ended at", refused.Error);
        Assert.Contains("hint: ", refused.Error);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://0.0.0.0:0")]
    public async Task Server_WithAProviderAndNoKeys_ListensAndIsClosed(string listen)
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider, change: o => o with { Listen = ListenAddress.Parse(listen), Insecure = true });
        Assert.Equal(401, (await site.SendAsync(HttpMethod.Get, "/api/v1/sweeps")).Status);
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/api/v1/sweeps", await provider.TokenAsync())).Status);
    }

    private static string Forged(string token, string forgery, RsaSecurityKey key)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return forgery switch
        {
            "audience" => Forger.Forge(token, key, claims => claims["aud"] = "somebody-else"),
            "expired" => Forger.Forge(token, key, claims => claims["exp"] = Forger.At(now.AddMinutes(-2))),
            "endless" => Forger.Forge(token, key, claims => claims.Remove("exp")),
            "issuer" => Forger.Forge(token, key, claims => claims["iss"] = "https://evil.example/"),
            "ID token" => Forger.Forge(token, key, claims => claims["nonce"] = "x"),
            "logout token" => Forger.Forge(token, key, type: "logout+jwt"),
            "nobody" => Forger.Forge(token, key, claims => claims.Remove("sub")),
            "stranger's key" => Forger.Forge(token, Forger.Stranger.Value),
            "unsigned" => Forger.Forge(token, null),
            "shared secret" => Forger.Forge(token, new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(OpenIdHost.Secret.PadRight(64))) { KeyId = key.KeyId }, algorithm: SecurityAlgorithms.HmacSha256),
            "changed" => token[..^4] + (token[^4] == 'A' ? 'B' : 'A') + token[^3..],
            _ => "a.b.c",
        };
    }
}
