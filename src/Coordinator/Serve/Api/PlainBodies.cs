using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Takes bodies as they are: nothing packed is unpacked here, so that nothing small becomes large.</summary>
internal sealed class PlainBodies(RequestDelegate next)
{
    private const int LongestShown = 60;

    /// <summary>Handles a request.</summary>
    /// <exception cref="BadHttpRequestException">Its body is packed.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        string packed = context.Request.Headers.ContentEncoding.ToString();
        if (packed.Length == 0 || packed.Equals("identity", StringComparison.OrdinalIgnoreCase) || context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
            return next(context);
        throw new BadHttpRequestException(
            $"a body is sent as it is, but this is packed (Content-Encoding: {(packed.Length > LongestShown ? packed[..LongestShown] + "…" : packed)})", StatusCodes.Status415UnsupportedMediaType);
    }
}
