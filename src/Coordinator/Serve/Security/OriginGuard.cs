using System.Net;
using CatGan.Coordinator.Serve.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CatGan.Coordinator.Serve.Security;

/// <summary>
/// Lets no other site act through a person's browser. What changes something must come from this server's own pages: a
/// browser says so in Sec-Fetch-Site, or in Origin. Whoever sends a key of their own needs no such proof, for a browser
/// never does that for another site; and who sends neither cookie nor Origin is no browser.
/// </summary>
internal sealed class OriginGuard(RequestDelegate next, IProblemDetailsService problems, ServeOptions options)
{
    /// <summary>Handles a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (options.Listen.IsLoopback && !IsLocal(context.Request.Host) && !IsAllowed(context.Request.Host.Host))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"the host {Shown(context.Request.Host.Value)} is none of this server's", "ask for localhost or 127.0.0.1, or name the host with --allow-host");
            return;
        }
        if (!IsSafe(context.Request.Method) && context.Request.Headers.Authorization.Count == 0 && !IsOwn(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "the request comes from another site", "use this server's own pages, or send `Authorization: Bearer KEY`");
            return;
        }
        await next(context);
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOwn(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        string origin = request.Headers.Origin.ToString();
        if (site.Length > 0)
            return site == "same-origin";
        if (origin.Length > 0)
            return Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && request.Host.Equals(new HostString(uri.Authority));
        return request.Headers.Cookie.Count == 0;
    }

    private bool IsAllowed(string host) => options.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase) || host.Equals(options.PublicUrl?.Host, StringComparison.OrdinalIgnoreCase);

    // A name that an attacker's DNS points at loopback is not among these.
    private static bool IsLocal(HostString host) => host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address);

    private static string Shown(string? host) => host is { Length: > 0 and <= 100 } ? host : "(none)";

    private async Task RefuseAsync(HttpContext context, int status, string detail, string hint)
    {
        context.Response.StatusCode = status;
        ProblemDetails problem = Problems.Of(status, detail, [hint]);
        await problems.TryWriteAsync(new() { HttpContext = context, ProblemDetails = problem });
    }
}
