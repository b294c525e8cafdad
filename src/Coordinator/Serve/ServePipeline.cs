using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Serve.Pages;
using CatGan.Coordinator.Serve.Security;
using CatGan.Coordinator.Serve.Security.OpenId;
using CatGan.Coordinator.Serve.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CatGan.Coordinator.Serve;

/// <summary>The way of a request, in order.</summary>
internal static class ServePipeline
{
    /// <summary>Builds it.</summary>
    public static void Use(WebApplication app)
    {
        UseProxies(app);
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => StatusPage.WriteAsync(context.HttpContext));
        app.UseMiddleware<OriginGuard>();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
        app.UseRouting();
        bool openId = app.Services.GetRequiredService<ServeOptions>().OpenId is not null;
        if (openId)
            app.UseMiddleware<SignInPace>();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<PlainBodies>();
        app.UseAntiforgery();
        SignIn.Map(app);
        if (openId)
            OpenIdPages.Map(app);
        RouteGroupBuilder api = app.MapGroup(ApiCatalogue.Root).RequireAuthorization(Roles.Viewer).DisableAntiforgery()
            .Faults(
                StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests,
                StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable);
        api.FaultsOfBodies();
        HeadRequests.Allow(api);
        foreach (IApiPart part in ApiCatalogue.All)
            part.Map(api);
        SiloDashboard.Map(app);
        ServeTelemetry.Map(app);
        app.MapOpenApi(ApiDocument.Pattern).RequireAuthorization(Roles.Viewer);
        app.MapRazorComponents<Root>().RequireAuthorization(Roles.Viewer);
    }

    // Limits count addresses: behind a proxy all would be one.
    private static void UseProxies(WebApplication app)
    {
        IReadOnlyList<System.Net.IPNetwork> proxies = app.Services.GetRequiredService<ServeOptions>().Proxies;
        if (proxies.Count == 0)
            return;
        ForwardedHeadersOptions forwarded = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (System.Net.IPNetwork proxy in proxies)
            forwarded.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(forwarded);
    }
}
