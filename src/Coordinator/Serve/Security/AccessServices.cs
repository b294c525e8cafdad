using System.Security.Claims;
using System.Threading.RateLimiting;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Serve.Security.OpenId;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace CatGan.Coordinator.Serve.Security;

/// <summary>Who may do what, and how often.</summary>
internal static class AccessServices
{
    /// <summary>Name of the limit on what takes long.</summary>
    public const string Heavy = "heavy";

    /// <summary>Name of the limit on what charts of a whole sweep are drawn from.</summary>
    public const string Charts = "charts";

    /// <summary>Name of the limit on what stays open.</summary>
    public const string Streams = "streams";

    /// <summary>Name of the limit on searches that read journals; what reads summaries alone passes it.</summary>
    public const string Search = "search";

    private const string Soon = "1"; // s; until a place among those under way may be free

    private static readonly TimeSpan SessionLasts = TimeSpan.FromHours(12);

    /// <summary>Adds it.</summary>
    public static void Add(IServiceCollection services, ServeOptions serve)
    {
        services.AddSingleton<KeyRing>();
        // Sessions end with the server: nothing that could forge one is kept anywhere.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        AuthenticationBuilder authentication = services.AddAuthentication(AccessHandler.Name)
            .AddScheme<AuthenticationSchemeOptions, AccessHandler>(AccessHandler.Name, null)
            .AddCookie(AccessHandler.Session, cookie => Cookie(cookie, serve));
        if (serve.OpenId is { } openId)
            OpenIdServices.Add(authentication, openId);
        services.AddAuthorization(Policies);
        services.AddRateLimiter(limits => Limits(limits, serve));
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "catgan-form";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.HttpOnly = true;
        });
    }

    private static void Cookie(CookieAuthenticationOptions cookie, ServeOptions serve)
    {
        cookie.Cookie.Name = "catgan";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = serve.CookiesSecure;
        cookie.ExpireTimeSpan = SessionLasts;
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = StillValidAsync;
    }

    // A revoked key ends its sessions, and a changed role changes them. Whom a provider vouched for it is not asked about again before the session's end.
    private static async Task StillValidAsync(CookieValidatePrincipalContext context)
    {
        if (Roles.IsPerson(context.Principal!))
            return;
        KeyRing keys = context.HttpContext.RequestServices.GetRequiredService<KeyRing>();
        string? id = Roles.KeyOf(context.Principal!);
        AccessKey? key = id is null ? null : await keys.GetAsync(id, context.HttpContext.RequestAborted);
        if (key is null)
            context.RejectPrincipal();
        else
            context.ReplacePrincipal(Roles.Principal(key, AccessHandler.Session));
    }

    private static void Policies(AuthorizationOptions options)
    {
        foreach (string role in (string[])[Roles.Viewer, Roles.Operator, Roles.Admin])
            options.AddPolicy(role, policy => policy.RequireRole(role));
        // What says nothing else is for viewers, and for nobody who is not known.
        options.DefaultPolicy = options.FallbackPolicy = options.GetPolicy(Roles.Viewer)!;
    }

    private static void Limits(RateLimiterOptions options, ServeOptions serve)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(SignIn.Limit, context => RateLimitPartition.GetFixedWindowLimiter(
            Origin(context), _ => new() { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) }));
        // What reads a whole sweep, curves and all, takes its turn.
        options.AddPolicy(Heavy, context => RateLimitPartition.GetConcurrencyLimiter(Who(context), _ => new() { PermitLimit = 2, QueueLimit = 50 }));
        // Apart from the former: a page's charts do not wait for a download.
        options.AddPolicy(Charts, context => RateLimitPartition.GetConcurrencyLimiter(Who(context), _ => new() { PermitLimit = 4, QueueLimit = 200 }));
        options.AddPolicy(Streams, context => RateLimitPartition.GetConcurrencyLimiter(Who(context), _ => new() { PermitLimit = serve.Streams }));
        options.AddPolicy(Search, SearchPlace);
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            Who(context),
            _ => new() { TokenLimit = 5 * serve.RequestsPerSecond, TokensPerPeriod = serve.RequestsPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1) }));
        options.OnRejected = (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) ? $"{Math.Ceiling(wait.TotalSeconds)}" : Soon;
            return ValueTask.CompletedTask;
        };
    }

    /// <summary>The place of a request for sweeps: with a condition on experiments it opens the journal of each, and one does so at a time.</summary>
    internal static RateLimitPartition<string> SearchPlace(HttpContext context) => context.Request.Query.ContainsKey("where")
        ? RateLimitPartition.GetConcurrencyLimiter("journals", _ => new() { PermitLimit = 1, QueueLimit = 50 })
        : RateLimitPartition.GetNoLimiter("summaries");

    private static string Who(HttpContext context) => context.User.FindFirstValue(Roles.Who) is { Length: > 0 } key ? $"key {key}" : Origin(context);

    private static string Origin(HttpContext context) => $"address {context.Connection.RemoteIpAddress}";
}
