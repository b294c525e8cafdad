using System.Net;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Serve.Security.OpenId;
using CatGan.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CatGan.Web.Tests.OpenId;

/// <summary>Providers that are none.</summary>
public class OddProviderTests
{
    private const string Good = "\"issuer\": \"HERE\", \"authorization_endpoint\": \"HERE/a\", \"token_endpoint\": \"HERE/t\", \"jwks_uri\": \"HERE/keys\"";

    [Theory]
    [InlineData(200, "<html>", "", "holds no OpenID metadata")]
    [InlineData(200, "[]", "", "cannot be used|holds no OpenID metadata")]
    [InlineData(200, "{}", "", "calls itself nothing")]
    [InlineData(404, "", "", "answers 404")]
    [InlineData(302, "", "", "answers 302")]
    [InlineData(200, "{" + Good + "}", "nonsense", "cannot be used|holds no OpenID metadata")]
    [InlineData(200, "{" + Good + "}", "{\"keys\": []}", "names no key")]
    [InlineData(200, "{" + Good + ", \"end_session_endpoint\": \"javascript:alert(1)\"}", "KEYS", "has no end_session_endpoint, or one that is no address")]
    public async Task Provider_ThatIsNone_LeavesTheServerAtWorkAndIsToldInTheLog(int status, string metadata, string keys, string words)
    {
        await using WebApplication odd = await StartAsync(status, metadata, keys);
        OpenIdOptions options = new OpenIdWords { Authority = Address(odd), Client = "c", Roles = ["admin=a"], Name = "Odd" }.Check()!;
        string key = "";
        await using Site site = await Site.StartAsync(async s => key = await s.KeyAsync(AccessRole.Viewer), o => o with { OpenId = options });
        Assert.Contains("Odd cannot be reached just now", (await site.SendAsync(HttpMethod.Get, "/sign-in")).Text);
        Assert.Equal(302, (await site.SendAsync(HttpMethod.Get, "/sign-in/start")).Status);
        Assert.Equal(401, (await site.SendAsync(HttpMethod.Get, "/api/v1/me", "a.b.c")).Status);
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/api/v1/me", key)).Status);
        Assert.Matches(words, site.Errors.ToString());
        Assert.Single(site.Errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<WebApplication> StartAsync(int status, string metadata, string keys)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        app.Run(async context =>
        {
            bool first = context.Request.Path.Value!.Contains("well-known", StringComparison.Ordinal);
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            string text = first ? metadata : keys.Replace("KEYS", "{\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\", \"kid\": \"1\", \"x\": \"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\", \"y\": \"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}", StringComparison.Ordinal);
            await context.Response.WriteAsync(text.Replace("HERE", Address(app), StringComparison.Ordinal));
        });
        await app.StartAsync();
        return app;
    }

    private static string Address(WebApplication app) => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}
