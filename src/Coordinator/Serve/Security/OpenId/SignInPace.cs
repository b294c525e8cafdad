using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>
/// Bounds how often one address may begin a sign-in or come back from one: each may ask the provider something, and none
/// needs anybody to be known. It comes before that is found out, which is where a browser that comes back is answered.
/// </summary>
internal sealed class SignInPace : IMiddleware, IDisposable
{
    /// <summary>Steps a minute; a sign-in takes two. People behind one proxy have one address.</summary>
    public const int StepsPerMinute = 120;

    private readonly PartitionedRateLimiter<IPAddress> limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetFixedWindowLimiter(address, _ => new() { PermitLimit = StepsPerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == OpenIdPages.StartPath || context.Request.Path == OpenIdServices.CallbackPath)
        {
            using RateLimitLease lease = limiter.AttemptAcquire(context.Connection.RemoteIpAddress ?? IPAddress.None);
            if (!lease.IsAcquired)
            {
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                context.Response.Headers.RetryAfter = "60";
                return;
            }
        }
        await next(context);
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();
}
