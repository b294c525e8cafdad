using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>What becomes of a token that a script sends.</summary>
internal sealed class BearerEvents(OpenIdOptions options, OpenIdProvider provider) : JwtBearerEvents
{
    /// <inheritdoc/>
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        if (await provider.FindAsync(context.HttpContext.RequestAborted) is null)
            context.Fail(new OpenIdException($"{options.Name} cannot be reached, so that its tokens cannot be validated") { IsProviders = true, Hints = ["use a key, or try again later"] });
    }

    /// <inheritdoc/>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        if (IsOfSignIn(context.Principal!))
        {
            context.Fail(new OpenIdException("this is an ID token, which tells a page who signed in") { Hints = ["send the access token"] });
            return Task.CompletedTask;
        }
        Vouched who = Vouched.Of(context.Principal!.Claims, options);
        if (who.Role is null)
            AccessFault.Set(context.HttpContext, who.Refusal(options), Vouched.RefusalHints(options));
        context.Principal = who.Principal(AccessHandler.Name);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        if (TokenWords.Of(context.Exception, options, options.Audience) is { } fault)
            context.Fail(fault);
        return Task.CompletedTask;
    }

    // Signed by the same keys, and for the same client where --oidc-audience says nothing else. Keycloak tells types by a claim.
    private static bool IsOfSignIn(ClaimsPrincipal principal) =>
        principal.HasClaim(c => c.Type is "nonce" or "at_hash" or "c_hash") || principal.HasClaim("typ", "ID");
}
