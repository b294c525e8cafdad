using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Serve.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>Some of the pictures that a sweep trains on, to hold samples against.</summary>
internal sealed class RealPicturesApi : IApiPart
{
    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api) => api.MapGet("/sweeps/{sweep}/real/{size:int}.png", GetAsync).WithName("get_real_pictures").WithTags("samples")
        .WithSummary("Real pictures of the sweep's data set at this size, a grid like those of samples.").Bytes("image/png");

    private static async Task<IResult> GetAsync(SweepBoard board, RealPictures pictures, HttpContext context, string sweep, int size, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        byte[] png = await pictures.GridAsync(view, size, cancellationToken);
        context.Response.Headers.CacheControl = "private, max-age=3600";
        return TypedResults.Bytes(png, "image/png");
    }
}
