using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Serve.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>What happens on the way through the provider: who comes back becomes somebody with a role of this server, or is told why not.</summary>
internal sealed class SignInEvents(OpenIdOptions options, ServeOptions serve, TimeProvider time, ILogger<SignInEvents> log) : OpenIdConnectEvents
{
    // A cookie that holds more makes requests larger than some proxies take; the provider then asks who signs out.
    private const int LongestHint = 2000;

    /// <inheritdoc/>
    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        context.ProtocolMessage.RedirectUri = serve.PublicAddress(context.Request, OpenIdServices.CallbackPath);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        Vouched who = Vouched.Of(context.Principal!.Claims, options);
        if (who.Role is null)
        {
            context.Fail(new OpenIdException(who.Refusal(options)) { IsRefusal = true, Hints = Vouched.RefusalHints(options) });
            return Task.CompletedTask;
        }
        context.Principal = who.Principal(AccessHandler.Session);
        context.Properties!.AllowRefresh = false;
        context.Properties.ExpiresUtc = time.GetUtcNow() + options.SessionLasts;
        if (context.TokenEndpointResponse?.IdToken is { Length: <= LongestHint } token)
            context.Properties.StoreTokens([new() { Name = OpenIdConnectParameterNames.IdToken, Value = token }]);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        await TellAsync(context.HttpContext, context.Failure);
    }

    /// <summary>Says why nobody is signed in, as a page and in the log.</summary>
    public async Task TellAsync(HttpContext context, Exception? failure)
    {
        (int status, string detail, IReadOnlyList<string> hints) = SignInWords.Of(failure, options);
        log.LogWarning("a sign-in with {Provider} did not come about: {Detail}{Cause}", options.Name, detail, SignInWords.Cause(failure));
        ProblemDetails problem = Problems.Of(status, detail, hints);
        context.Response.StatusCode = status;
        await FaultPage.WriteAsync(context, problem);
    }
}
