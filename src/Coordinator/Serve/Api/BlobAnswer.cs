using CatGan.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>An answer with a blob, with a part of it, or with the reason why not.</summary>
/// <param name="head">What is known of the blob.</param>
/// <param name="range">The part that is sent.</param>
/// <param name="reading">Its content; null when none is sent. Closed when it has been sent.</param>
internal sealed class BlobAnswer(BlobHead head, BlobRange range, BlobReading? reading) : IResult
{
    /// <summary>The status where the blob is not sent, though it is there; null for the range's own.</summary>
    public int? Status { get; init; }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        head.Write(response);
        response.StatusCode = Status ?? (range.Length < 0 ? StatusCodes.Status416RangeNotSatisfiable : range.IsPart ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK);
        switch (response.StatusCode)
        {
            case StatusCodes.Status304NotModified:
                break;
            case StatusCodes.Status412PreconditionFailed:
                await RefuseAsync(httpContext, "it is not what the request takes it for: its ETag, or when it was written, is another", "read it anew");
                break;
            case StatusCodes.Status416RangeNotSatisfiable:
                response.GetTypedHeaders().ContentRange = new ContentRangeHeaderValue(head.Length);
                await RefuseAsync(httpContext, $"the range lies outside of it: it has {head.Length:N0} bytes", "ask for bytes=FROM-TO, counted from 0");
                break;
            default:
                await SendAsync(response, httpContext.RequestAborted);
                break;
        }
    }

    private async Task SendAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        ResponseHeaders headers = response.GetTypedHeaders();
        response.ContentType = head.Type;
        response.ContentLength = range.Length;
        if (range.IsPart)
            headers.ContentRange = new ContentRangeHeaderValue(range.Offset, range.Offset + range.Length - 1, head.Length);
        if (head.File is not null)
        {
            ContentDispositionHeaderValue disposition = new("attachment");
            disposition.SetHttpFileName(head.File);
            headers.ContentDisposition = disposition;
        }
        if (reading is null)
            return;
        await using (reading)
            await reading.Content.CopyToAsync(response.Body, cancellationToken);
    }

    private static async Task RefuseAsync(HttpContext context, string detail, string hint)
    {
        context.Response.Headers.CacheControl = "no-store";
        ProblemDetails problem = Problems.Of(context.Response.StatusCode, detail, [hint]);
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new() { HttpContext = context, ProblemDetails = problem });
    }
}
