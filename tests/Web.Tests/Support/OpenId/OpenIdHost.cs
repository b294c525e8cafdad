using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CatGan.Web.Tests.Support.OpenId;

/// <summary>
/// A real OpenID provider (OpenIddict) on a port of loopback, with one client, and signed in whom a test says. It is asked
/// for as localhost while the tests' servers are 127.0.0.1, which are two sites to a browser.
/// </summary>
internal sealed class OpenIdHost : IAsyncDisposable
{
    public const string Client = "catgan-web";
    public const string Secret = "a secret of both";
    public const string Audience = "catgan-api";

    // Making a key takes long, and no test changes one.
    private static readonly Lazy<RsaSecurityKey> First = new(() => NewKey("first"));
    private static readonly SymmetricSecurityKey OfCodes = new(new byte[32]);

    private WebApplication app = null!;

    private OpenIdHost()
    {
    }

    /// <summary>What signs its tokens.</summary>
    public RsaSecurityKey Key { get; set; } = First.Value;

    /// <summary>Its address, which is its issuer.</summary>
    public Uri Issuer { get; private set; } = null!;

    public string Subject { get; set; } = "4711";

    public string Name { get; set; } = "Tom Cat";

    /// <summary>Claims of whoever signs in, and of the tokens of scripts, besides who it is.</summary>
    public Dictionary<string, JsonNode> Claims { get; } = new() { ["roles"] = new JsonArray("cat-operators", "people") };

    /// <summary>What becomes of an ID token before it is sent.</summary>
    public Func<string, string> Twist { get; set; } = token => token;

    /// <summary>True to ask with a form who it is, as providers do.</summary>
    public bool Asks { get; set; }

    /// <summary>True to take requests beforehand (RFC 9126).</summary>
    public bool TakesPushes { get; set; }

    /// <summary>What it calls itself, if not by its address.</summary>
    public Uri? Says { get; set; }

    /// <summary>The requests to sign somebody in, in order.</summary>
    public List<OpenIddictRequest> Requests { get; } = [];

    public static async Task<OpenIdHost> StartAsync(int port = 0)
    {
        OpenIdHost host = new();
        await host.OpenAsync(port);
        return host;
    }

    public static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };

    /// <summary>Begins anew on the same port, as after a restart.</summary>
    public async Task RestartAsync()
    {
        await app.DisposeAsync();
        await OpenAsync(Issuer.Port);
    }

    /// <summary>Stops answering.</summary>
    public ValueTask StopAsync() => app.DisposeAsync();

    /// <summary>An access token for a script, by the client's own credentials.</summary>
    public async Task<string> TokenAsync()
    {
        using HttpClient http = new() { BaseAddress = Issuer };
        using HttpResponseMessage answer = await http.PostAsync(new Uri("connect/token", UriKind.Relative), new FormUrlEncodedContent(
            [new("grant_type", "client_credentials"), new("client_id", Client), new("client_secret", Secret)]));
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return (string)JsonNode.Parse(text)!["access_token"]!;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task OpenAsync(int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        builder.Services.AddOpenIddict().AddServer(Configure);
        app = builder.Build();
        app.UseAuthentication();
        await app.StartAsync();
        Uri bound = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Issuer = new($"http://localhost:{bound.Port}/");
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        if (Says is not null)
            server.SetIssuer(Says);
        if (TakesPushes)
        {
            server.SetPushedAuthorizationEndpointUris("connect/push");
            server.AddEventHandler<ValidatePushedAuthorizationRequestContext>(b => b.UseInlineHandler(Validate));
        }
        server.EnableDegradedMode().SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetEndSessionEndpointUris("connect/end");
        server.AllowAuthorizationCodeFlow().AllowClientCredentialsFlow().RequireProofKeyForCodeExchange();
        server.RegisterScopes(OpenIddictConstants.Scopes.OpenId, OpenIddictConstants.Scopes.Profile, "cats", "dogs");
        server.AddSigningKey(Key).AddEncryptionKey(OfCodes).DisableAccessTokenEncryption();
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(b => b.UseInlineHandler(Validate));
        server.AddEventHandler<ValidateTokenRequestContext>(b => b.UseInlineHandler(Validate));
        server.AddEventHandler<ValidateEndSessionRequestContext>(b => b.UseInlineHandler(Validate));
        server.AddEventHandler<HandleAuthorizationRequestContext>(b => b.UseInlineHandler(SignInAsync));
        server.AddEventHandler<HandleTokenRequestContext>(b => b.UseInlineHandler(Script));
        server.AddEventHandler<HandleEndSessionRequestContext>(b => b.UseInlineHandler(End));
        server.AddEventHandler<ApplyTokenResponseContext>(b => b.UseInlineHandler(Send).SetOrder(int.MinValue));
    }

    private ValueTask Validate(ValidateAuthorizationRequestContext context)
    {
        lock (Requests)
            Requests.Add(context.Request);
        if (context.ClientId != Client)
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "There is no such client.");
        else if (!Uri.TryCreate(context.RedirectUri, UriKind.Absolute, out Uri? back) || back.AbsolutePath != "/sign-in/callback")
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "The client has not registered this address.");
        return default;
    }

    private static ValueTask Validate(ValidateTokenRequestContext context)
    {
        if (context.Request.ClientId != Client || context.Request.ClientSecret != Secret)
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "The client's secret is another.");
        return default;
    }

    private static ValueTask Validate(ValidatePushedAuthorizationRequestContext context)
    {
        if (context.Request.ClientId != Client || context.Request.ClientSecret != Secret)
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "The client's secret is another.");
        return default;
    }

    private static ValueTask Validate(ValidateEndSessionRequestContext context)
    {
        if (context.PostLogoutRedirectUri is { } back && new Uri(back).AbsolutePath != "/sign-in")
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, "The client has not registered this address.");
        return default;
    }

    private async ValueTask SignInAsync(HandleAuthorizationRequestContext context)
    {
        HttpRequest request = context.Transaction.GetHttpRequest()!;
        if (context.Request.HasScope("dogs"))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidScope, "The client may not ask for dogs.");
            return;
        }
        if (!Asks || request.Query.ContainsKey("yes"))
        {
            context.SignIn(Who(context.Request.GetScopes()));
            return;
        }
        string fields = string.Concat(request.Query.Select(p => $"<input type=\"hidden\" name=\"{p.Key}\" value=\"{HtmlEncoder.Default.Encode(p.Value.ToString())}\">"));
        request.HttpContext.Response.ContentType = "text/html";
        await request.HttpContext.Response.WriteAsync($"<!doctype html><html lang=en><title>Provider</title><link rel=icon href=\"data:,\"><form>{fields}<button name=yes value=1>I am {Name}</button></form></html>");
        context.HandleRequest();
    }

    private ValueTask Script(HandleTokenRequestContext context)
    {
        if (context.Request.IsClientCredentialsGrantType())
            context.SignIn(Who([]));
        return default;
    }

    private static ValueTask End(HandleEndSessionRequestContext context)
    {
        context.SignOut();
        return default;
    }

    private ValueTask Send(ApplyTokenResponseContext context)
    {
        if (context.Response.IdToken is { } token)
            context.Response.IdToken = Twist(token);
        return default;
    }

    private ClaimsPrincipal Who(IEnumerable<string> scopes)
    {
        ClaimsIdentity identity = new("provider", "name", "role");
        identity.SetClaim("sub", Subject).SetClaim("name", Name);
        foreach ((string name, JsonNode value) in Claims)
            _ = value is JsonArray values ? identity.SetClaims(name, values) : identity.SetClaim(name, value);
        identity.SetScopes(scopes).SetResources(Audience);
        identity.SetDestinations(_ => [OpenIddictConstants.Destinations.AccessToken, OpenIddictConstants.Destinations.IdentityToken]);
        return new(identity);
    }
}
