using System.Text.Encodings.Web;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Serve.Security.OpenId;
using CatGan.Coordinator.Serve.Telemetry;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CatGan.Coordinator.Serve.Security;

/// <summary>
/// Finds out who asks: by the key or the provider's token in <c>Authorization: Bearer</c>, else by the cookie of a sign-in;
/// anybody on a loopback server whose store never had a key and that has no provider to sign in at.
/// </summary>
internal sealed class AccessHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing keys, ServeOptions serve)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string Name = "access";

    /// <summary>Name of the cookie's scheme.</summary>
    public const string Session = "session";

    private const string Bearer = "Bearer ";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is [{ } header, ..])
            return await BearerAsync(header);
        if (serve.Listen.IsLoopback && serve.OpenId is null && !IsForwarded(Request) && await keys.IsEmptyAsync(Context.RequestAborted))
            return Success(Roles.Local(Name));
        return await Context.AuthenticateAsync(Session);
    }

    private async Task<AuthenticateResult> BearerAsync(string header)
    {
        string typed = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : "";
        if (await keys.FindAsync(typed, Context.RequestAborted) is { } key)
            return Success(Roles.Principal(key, Name));
        if (serve.OpenId is null || KeyText.Parse(typed) is not null || typed.Count(c => c == '.') != 2)
        {
            AccessFault.Set(Context, "this key is not known here, has been revoked, or has expired", ["`catgan keys list` shows the keys that are known"]);
            return AuthenticateResult.Fail("the key is not known");
        }
        AuthenticateResult result = await Context.AuthenticateAsync(OpenIdServices.BearerScheme);
        if (result.Failure is { } failure)
        {
            OpenIdException fault = failure as OpenIdException ?? new("this is neither a key nor a token that can be read");
            AccessFault.Set(Context, fault.Message, fault.Hints);
        }
        return result;
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (IsPage(Request))
        {
            Response.Redirect($"{SignIn.Path}?return={Uri.EscapeDataString(Request.Path + Request.QueryString)}");
            return Task.CompletedTask;
        }
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0 ? "Bearer realm=\"catgan\"" : "Bearer realm=\"catgan\", error=\"invalid_token\"";
        return Task.CompletedTask;
    }

    // Whoever a proxy asks for is not of this machine, though the proxy is.
    private static bool IsForwarded(HttpRequest request) => request.Headers.Keys.Any(name =>
        name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase));

    private static bool IsPage(HttpRequest request) => HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments(ApiCatalogue.Root)
        && !request.Path.StartsWithSegments("/openapi")
        && request.Path != ServeTelemetry.Path;

    private static AuthenticateResult Success(System.Security.Claims.ClaimsPrincipal principal) => AuthenticateResult.Success(new(principal, Name));
}
