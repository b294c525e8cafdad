using System.Text.Json.Nodes;
using CatGan.Coordinator.Serve.Security.OpenId;
using CatGan.Web.Tests.Support;
using CatGan.Web.Tests.Support.OpenId;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Web.Tests.OpenId;

/// <summary>People who sign in at a real provider.</summary>
public class ProviderSignInTests(OpenIdPair pair) : IClassFixture<OpenIdPair>
{
    [Fact]
    public async Task SignIn_AtTheProvider_EndsAtThePageAskedFor()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider, s => Cats.WriteAsync(s.Store));
        using Visitor tom = new(site.Address);
        Answer asked = await tom.OpenAsync($"/sweeps/{Cats.Id}?x=1");
        Assert.Equal((200, "/sign-in"), (asked.Status, tom.Seen[^1].AbsolutePath));
        Assert.Contains("Sign in with Cat University", asked.Text);

        Answer page = await tom.SignInAsync($"/sweeps/{Cats.Id}?x=1");
        Assert.Equal((200, $"/sweeps/{Cats.Id}?x=1"), (page.Status, tom.Seen[^1].PathAndQuery));
        Assert.Contains("Tom Cat", page.Text);
        Assert.Equal(("code", "S256"), (provider.Requests[0].ResponseType, provider.Requests[0].CodeChallengeMethod));
        Assert.False(string.IsNullOrEmpty(provider.Requests[0].Nonce));
    }

    [Fact]
    public async Task Cookies_OfASignIn_AreKeptFromScriptsAndFromOtherSites()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider, change: o => o with { PublicUrl = new("https://cats.example") });
        using Visitor tom = new(site.Address);
        await tom.SignInAsync(stop: at => at.Host == "localhost");
        Assert.Equal(2, tom.SetCookies.Count);
        Assert.All(tom.SetCookies, c => Assert.Matches("(?i)^catgan-(state|nonce)\\..*path=/sign-in/callback; secure; samesite=lax; httponly", c));
        Assert.Equal("https://cats.example/sign-in/callback", Query(tom.Seen[^1], "redirect_uri"));

        await using Site plain = await OpenIdSite.StartAsync(provider);
        using Visitor tim = new(plain.Address);
        await tim.SignInAsync();
        Assert.Matches("(?i)^catgan=.*samesite=strict; httponly", Assert.Single(tim.SetCookies, c => c.StartsWith("catgan=", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""["cat-viewers"]""", "viewer")]
    [InlineData("""["people", "cat-viewers", "cat-admins"]""", "admin")]
    [InlineData("\"cat-operators\"", "operator")]
    public async Task Role_OfTheClaim_IsTheHighestThatAValueGives(string roles, string role)
    {
        pair.Provider.Claims["roles"] = JsonNode.Parse(roles)!;
        using Visitor tom = new(pair.Site.Address);
        JsonNode me = JsonNode.Parse((await tom.SignInAsync("/api/v1/me")).Text)!;
        Assert.Equal((role, "Tom Cat", null), ((string?)me["role"], (string?)me["name"], (string?)me["key"]));
    }

    [Fact]
    public async Task Role_OfAClaimWithinAnObject_IsFoundByItsPath()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        provider.Claims.Remove("roles");
        provider.Claims["resource_access"] = JsonNode.Parse("""{"account": {"roles": ["cat-admins"]}, "cats.example": {"roles": ["cat-viewers"]}}""")!;
        await using Site site = await OpenIdSite.StartAsync(provider, words: w => w with { RoleClaim = "resource_access.cats.example.roles" });
        using Visitor tom = new(site.Address);
        Assert.Equal("viewer", (string?)JsonNode.Parse((await tom.SignInAsync("/api/v1/me")).Text)!["role"]);
    }

    [Theory]
    [InlineData("""["people"]""", "claim `roles` was looked at, which holds people")]
    [InlineData("""["CAT-ADMINS"]""", "which holds CAT-ADMINS")]
    [InlineData("""[]""", "which is missing or empty")]
    public async Task SignIn_WithoutARole_IsRefusedAndSaysWhichClaimWasLookedAt(string roles, string words)
    {
        pair.Provider.Claims["roles"] = JsonNode.Parse(roles)!;
        using Visitor tom = new(pair.Site.Address);
        Answer refused = await tom.SignInAsync();
        Assert.Equal((403, false), (refused.Status, tom.IsSignedIn));
        Assert.Contains("Cat University knows Tom Cat, but gives no role here", refused.Text);
        Assert.Contains(words, refused.Text);
        Assert.Contains("--oidc-role viewer=VALUE", refused.Text);
        Assert.Equal("/sign-in", (await tom.OpenAsync("/")) is { Status: 200 } ? tom.Seen[^1].AbsolutePath : "");
    }

    [Fact]
    public async Task Name_WithMarkup_IsShownAsText()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        (provider.Name, provider.Claims["roles"]) = ("<script>alert(1)</script>", new JsonArray("<b>x</b>"));
        await using Site site = await OpenIdSite.StartAsync(provider);
        using Visitor tom = new(site.Address);
        string text = (await tom.SignInAsync()).Text;
        Assert.DoesNotContain("<script>alert", text);
        Assert.DoesNotContain("<b>x", text);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_BackToAnotherSite_GoesToTheFirstPage(string back)
    {
        Site site = pair.Site;
        pair.Provider.Claims["roles"] = new JsonArray("cat-viewers");
        using Visitor tom = new(site.Address);
        await tom.SignInAsync(back);
        Assert.Equal(new Uri(site.Address, "/"), tom.Seen[^1]);
        // Nor by the page that leads on, asked for by itself.
        await tom.OpenAsync($"/sign-in/done?return={Uri.EscapeDataString(back)}");
        Assert.Equal(new Uri(site.Address, "/"), tom.Seen[^1]);
    }

    [Fact]
    public async Task Start_FromAnotherSite_AsksFirst()
    {
        Answer answer = await pair.Site.SendAsync(HttpMethod.Get, "/sign-in/start?return=/new", headers: ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal((302, "/sign-in?return=%2Fnew"), (answer.Status, answer.Headers["Location"]));
    }

    [Fact]
    public async Task Start_OverAndOver_IsSlowedDown()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider);
        List<int> answers = [];
        for (int i = 0; i <= SignInPace.StepsPerMinute; i++)
            answers.Add((await site.SendAsync(HttpMethod.Get, i % 2 == 0 ? "/sign-in/start" : "/sign-in/callback")).Status);
        Assert.Equal((302, 400, 429), (answers[0], answers[1], answers[^1]));
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/sign-in")).Status);
    }

    [Fact]
    public async Task SignIn_AtAProviderThatTakesRequestsBeforehand_PushesThem()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        provider.TakesPushes = true;
        await provider.RestartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider);
        using Visitor tom = new(site.Address);
        await tom.SignInAsync();
        Assert.True(tom.IsSignedIn);
        Assert.Contains(tom.Seen, at => at.AbsolutePath == "/connect/authorize" && at.Query.Contains("request_uri", StringComparison.Ordinal));

        await using Site wrong = await OpenIdSite.StartAsync(provider, words: w => w with { Secret = "wrong" });
        using Visitor tim = new(wrong.Address);
        Answer refused = await tim.SignInAsync();
        Assert.Equal(502, refused.Status);
        Assert.Contains("CATGAN_OIDC_SECRET", refused.Text);
    }

    [Fact]
    public async Task Host_OfThePublicAddress_IsTakenOnLoopback()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider, change: o => o with { PublicUrl = new("https://cats.example") });
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/sign-in", headers: ("Host", "cats.example"))).Status);
        Assert.Equal(400, (await site.SendAsync(HttpMethod.Get, "/sign-in", headers: ("Host", "evil.example"))).Status);
    }

    [Fact]
    public async Task Session_OfASignIn_EndsThoughItIsUsed()
    {
        FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider, s => Task.FromResult(s.Time = time), w => w with { Session = "2h" });
        using Visitor tom = new(site.Address);
        await tom.SignInAsync();
        for (int i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromMinutes(39));
            Assert.Equal(200, (await tom.StepAsync(new(site.Address, "/api/v1/me"))).Status);
        }
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(401, (await tom.StepAsync(new(site.Address, "/api/v1/me"))).Status);
    }

    [Fact]
    public async Task SignOut_OfASignIn_EndsItHereAndAtTheProvider()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider);
        using Visitor tom = new(site.Address);
        await tom.SignInAsync();
        Assert.True(tom.IsSignedIn);
        Answer last = await tom.OpenAsync("/sign-out", method: HttpMethod.Post);
        Uri end = Assert.Single(tom.Seen, at => at.AbsolutePath == "/connect/end");
        Assert.Equal((provider.Issuer.Authority, new Uri(site.Address, "/sign-in").AbsoluteUri), (end.Authority, Query(end, "post_logout_redirect_uri")));
        Assert.Equal(3, Query(end, "id_token_hint").Split('.').Length);
        Assert.Equal((200, new Uri(site.Address, "/sign-in"), false), (last.Status, tom.Seen[^1], tom.IsSignedIn));
        Assert.Equal(401, (await tom.StepAsync(new(site.Address, "/api/v1/me"))).Status);
    }

    [Fact]
    public async Task Write_ByASession_NeedsTheRoleAndTheSameOrigin()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        await using Site site = await OpenIdSite.StartAsync(provider, s => Cats.WriteAsync(s.Store));
        Uri pause = new(site.Address, $"/api/v1/sweeps/{Cats.Id}/pause");
        using Visitor tom = new(site.Address);
        await tom.SignInAsync();
        Assert.Equal(200, (await tom.StepAsync(pause, HttpMethod.Post)).Status);
        provider.Claims["roles"] = new JsonArray("cat-viewers");
        using Visitor tim = new(site.Address);
        await tim.SignInAsync();
        Answer refused = await tim.StepAsync(pause, HttpMethod.Post);
        Assert.Equal(403, refused.Status);
        Assert.Contains("your role does not allow this", refused.Text);
    }

    private static string Query(Uri address, string name) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address.Query)[name].ToString();
}
