using System.Text.Encodings.Web;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Serve.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CatGan.Coordinator.Serve.Security;

/// <summary>
/// Finds out who asks: by the key in <c>Authorization: Bearer</c>, else by the cookie of a sign-in; anybody on a loopback
/// server whose store never had a key.
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
        {
            return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && await keys.FindAsync(header[Bearer.Length..].Trim(), Context.RequestAborted) is { } key
                ? Success(Roles.Principal(key, Name))
                : AuthenticateResult.Fail("the key is not known");
        }
        if (serve.Listen.IsLoopback && await keys.IsEmptyAsync(Context.RequestAborted))
            return Success(Roles.Local(Name));
        return await Context.AuthenticateAsync(Session);
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
        Response.Headers.WWWAuthenticate = "Bearer realm=\"catgan\"";
        return Task.CompletedTask;
    }

    private static bool IsPage(HttpRequest request) => HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments(ApiCatalogue.Root)
        && !request.Path.StartsWithSegments("/openapi");

    private static AuthenticateResult Success(System.Security.Claims.ClaimsPrincipal principal) => AuthenticateResult.Success(new(principal, Name));
}
