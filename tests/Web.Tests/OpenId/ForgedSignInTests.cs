using System.Text.Json.Nodes;
using CatGan.Coordinator.Keys;
using CatGan.Web.Tests.Support;
using CatGan.Web.Tests.Support.OpenId;
using Microsoft.IdentityModel.Tokens;

namespace CatGan.Web.Tests.OpenId;

/// <summary>Sign-ins that must not come about.</summary>
public class ForgedSignInTests(OpenIdPair pair) : IClassFixture<OpenIdPair>
{
    public static TheoryData<string, string> Forgeries => new()
    {
        { "nonce", "begun in another browser" },
        { "no nonce", "begun in another browser" },
        { "audience", "the token is for somebody-else, not for catgan-web" },
        { "expired", "the token ended at" },
        { "early", "the token is not valid before" },
        { "endless", "the token has no end" },
        { "issuer", "the token is https://evil.example/&#x27;s, not" },
        { "stranger's key", "not signed by a key of" },
        { "unsigned", "not signed by a key of" },
        { "shared secret", "not signed by a key of" },
        { "nobody", "names nobody" },
    };

    [Theory, MemberData(nameof(Forgeries))]
    public async Task IdToken_Forged_SignsNobodyIn(string forgery, string words)
    {
        pair.Provider.Twist = token => Twisted(token, forgery, pair.Provider.Key);
        using Visitor tom = new(pair.Site.Address);
        // The server is the same for all forgeries, and so is its log.
        int before = pair.Site.Errors.ToString().Length;
        Answer refused = await tom.SignInAsync();
        Assert.Contains(words, refused.Text);
        Assert.InRange(refused.Status, 400, 401);
        Assert.False(tom.IsSignedIn);
        await Eventually.TrueAsync(() => Task.FromResult(pair.Site.Errors.ToString()[before..].Contains("did not come about", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Callback_OfAnotherBrowser_SignsNobodyIn()
    {
        Site site = pair.Site;
        using Visitor mallory = new(site.Address), victim = new(site.Address);
        await mallory.SignInAsync(stop: at => at.AbsolutePath == "/sign-in/callback");
        Answer refused = await victim.StepAsync(mallory.Seen[^1]);
        Assert.Equal((400, false), (refused.Status, victim.IsSignedIn));
        Assert.Contains("begun in another browser", refused.Text);
    }

    [Theory]
    [InlineData("code=x&state=forged")]
    [InlineData("code=x")]
    [InlineData("error=access_denied&state=forged&error_description=%3Cscript%3E")]
    [InlineData("")]
    public async Task Callback_WithAWrongState_SignsNobodyIn(string query)
    {
        Site site = pair.Site;
        using Visitor tom = new(site.Address);
        Answer refused = await tom.StepAsync(new(site.Address, $"/sign-in/callback?{query}"));
        Assert.Equal((400, false), (refused.Status, tom.IsSignedIn));
        Assert.DoesNotContain("<script>", refused.Text);
    }

    [Fact]
    public async Task Callback_UsedTwice_SignsNobodyIn()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider);
        using Visitor tom = new(site.Address);
        await tom.SignInAsync();
        Answer refused = await tom.StepAsync(Assert.Single(tom.Seen, at => at.AbsolutePath == "/sign-in/callback"));
        Assert.Equal(400, refused.Status);
    }

    [Fact]
    public async Task Secret_ThatIsWrong_IsToldByName()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider, words: w => w with { Secret = "wrong" });
        using Visitor tom = new(site.Address);
        Answer refused = await tom.SignInAsync();
        Assert.Equal((502, false), (refused.Status, tom.IsSignedIn));
        Assert.Contains("does not know this server as catgan-web: invalid_client", refused.Text);
        Assert.Contains("CATGAN_OIDC_SECRET", refused.Text);
        Assert.DoesNotContain("wrong", site.Errors.ToString());
    }

    [Fact]
    public async Task Scope_ThatTheProviderDoesNotGive_IsToldByName()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider, words: w => w with { Scopes = ["dogs"] });
        using Visitor tom = new(site.Address);
        Answer refused = await tom.SignInAsync();
        Assert.Equal(502, refused.Status);
        Assert.Contains("--oidc-scope", refused.Text);
        // The provider's own words come by way of the address, which anybody can write.
        Assert.DoesNotContain("dogs", refused.Text[refused.Text.IndexOf("<main", StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task Provider_ThatIsNotThere_LeavesKeysAndIsFoundLater()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await provider.StopAsync();
        string key = "";
        await using Site site = await OpenIdSite.StartAsync(provider, async s => (s.Time, key) = (time, await s.KeyAsync(AccessRole.Viewer)));
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/api/v1/me", key)).Status);
        using Visitor tom = new(site.Address);
        Assert.Contains("Cat University cannot be reached just now", (await tom.SignInAsync()).Text);
        Assert.Equal("/sign-in", tom.Seen[^1].AbsolutePath);
        Assert.Contains("keys go on working", site.Errors.ToString());

        await provider.RestartAsync();
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(200, (await tom.SignInAsync("/api/v1/me")).Status);
        Assert.True(tom.IsSignedIn);
    }

    [Fact]
    public async Task Provider_ThatCallsItselfOtherwise_IsNotBelieved()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        // Answers with an issuer of the name by which it is asked: the same provider, and yet not the one that was named.
        await using OpenIdHost other = await OpenIdHost.StartAsync();
        other.Says = provider.Issuer;
        await other.RestartAsync();
        await using Site site = await OpenIdSite.StartAsync(other);
        using Visitor tom = new(site.Address);
        Assert.Contains("cannot be reached just now", (await tom.SignInAsync()).Text);
        await Eventually.TrueAsync(() => Task.FromResult(site.Errors.ToString().Contains($"calls itself {provider.Issuer}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Keys_OfTheProvider_MayChange()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider);
        using Visitor tom = new(site.Address);
        await tom.SignInAsync();
        provider.Key = OpenIdHost.NewKey("second");
        await provider.RestartAsync();
        using Visitor tim = new(site.Address);
        await Eventually.TrueAsync(async () =>
        {
            await tim.SignInAsync();
            return tim.IsSignedIn;
        });
    }

    private static string Twisted(string token, string forgery, RsaSecurityKey key)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Action<JsonObject>? change = forgery switch
        {
            "nonce" => claims => claims["nonce"] = "another",
            "no nonce" => claims => claims.Remove("nonce"),
            "audience" => claims => claims["aud"] = "somebody-else",
            "expired" => claims => claims["exp"] = Forger.At(now.AddMinutes(-2)),
            "early" => claims => claims["nbf"] = Forger.At(now.AddMinutes(2)),
            "endless" => claims => claims.Remove("exp"),
            "issuer" => claims => claims["iss"] = "https://evil.example/",
            "nobody" => claims => claims.Remove("sub"),
            _ => null,
        };
        return forgery switch
        {
            "stranger's key" => Forger.Forge(token, Forger.Stranger.Value),
            "unsigned" => Forger.Forge(token, null),
            "shared secret" => Forger.Forge(token, new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(OpenIdHost.Secret.PadRight(64))) { KeyId = key.KeyId }, algorithm: SecurityAlgorithms.HmacSha256),
            _ => Forger.Forge(token, key, change),
        };
    }
}
