using CatGan.Coordinator.Serve.Pages;
using CatGan.Coordinator.Serve.Pages.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>The ways of a browser to the provider and back.</summary>
internal static class OpenIdPages
{
    /// <summary>Sends a browser to the provider.</summary>
    public const string StartPath = "/sign-in/start";

    /// <summary>
    /// Where a browser goes on from. The session's cookie stays behind while another site leads, as the provider does here:
    /// a page of this server's own has to lead on.
    /// </summary>
    public const string DonePath = "/sign-in/done";

    /// <summary>Adds the address that begins.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(StartPath, StartAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet(DonePath, Done).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Where to end a session at the provider; null when it is none of the provider's, or the provider offers no such thing.</summary>
    public static async Task<string?> EndAddressAsync(HttpContext context, ServeOptions serve)
    {
        if (context.RequestServices.GetService<OpenIdProvider>() is not { } provider
            || await context.AuthenticateAsync(AccessHandler.Session) is not { Succeeded: true } session || !Roles.IsPerson(session.Principal)
            || await provider.FindAsync(context.RequestAborted) is not { EndSessionEndpoint: { Length: > 0 } end })
            return null;
        OpenIdConnectMessage message = new()
        {
            IssuerAddress = end,
            ClientId = serve.OpenId!.Client,
            IdTokenHint = session.Properties.GetTokenValue(OpenIdConnectParameterNames.IdToken),
            PostLogoutRedirectUri = serve.PublicAddress(context.Request, SignIn.Path),
            EnableTelemetryParameters = false,
        };
        return message.CreateLogoutRequestUrl();
    }

    /// <summary>A page that leads on by itself. A form may not lead to another site, and a redirect is still the form's doing; a page's own way on is neither.</summary>
    public static IResult LeadOn(string title, string words, string address)
    {
        RenderFragment body = builder =>
        {
            builder.OpenComponent<LeadOnBody>(0);
            builder.AddComponentParameter(1, nameof(LeadOnBody.Title), title);
            builder.AddComponentParameter(2, nameof(LeadOnBody.Words), words);
            builder.AddComponentParameter(3, nameof(LeadOnBody.Address), address);
            builder.CloseComponent();
        };
        return new RazorComponentResult<Root>(new Dictionary<string, object?> { [nameof(Root.Body)] = body });
    }

    private static async Task<IResult> StartAsync(HttpContext context, OpenIdProvider provider, SignInEvents events, [FromQuery(Name = "return")] string? back)
    {
        string target = SignIn.Local(back);
        // Another site does not begin a sign-in; nor does one begin with a provider that cannot be reached, which the page tells.
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" || await provider.FindAsync(context.RequestAborted) is null)
            return TypedResults.Redirect($"{SignIn.Path}?return={Uri.EscapeDataString(target)}");
        try
        {
            await context.ChallengeAsync(OpenIdServices.SignInScheme, new OpenIdConnectChallengeProperties { RedirectUri = $"{DonePath}?return={Uri.EscapeDataString(target)}" });
        }
        catch (Exception e) when (e is OpenIdConnectProtocolException or HttpRequestException or OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            await events.TellAsync(context, e);
        }
        return TypedResults.Empty;
    }

    private static IResult Done([FromQuery(Name = "return")] string? back) => LeadOn("Signed in", "You are signed in.", SignIn.Local(back));
}
