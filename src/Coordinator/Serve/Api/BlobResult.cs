using System.Security.Cryptography;
using System.Text;
using CatGan.Coordinator.App;
using CatGan.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Answers with a blob: its length, an ETag, and the range that was asked for.</summary>
internal static class BlobResult
{
    /// <summary>Opens the blob. Its name must come from the journal or from numbers, never from a text of the request.</summary>
    /// <param name="store">The store.</param>
    /// <param name="context">The request.</param>
    /// <param name="name">Name of the blob.</param>
    /// <param name="type">Type of its content.</param>
    /// <param name="cache">How it may be cached.</param>
    /// <param name="file">Name of the file it is saved as; null to show it.</param>
    /// <param name="missing">What to say where there is none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="tag">Its ETag where something better than the store's version is known.</param>
    public static async Task<IResult> OpenAsync(
        IBlobStore store, HttpContext context, string name, string type, string cache, string? file, string missing, CancellationToken cancellationToken, string? tag = null)
    {
        BlobReading reading = await store.OpenReadAsync(name, cancellationToken) ?? throw new UserException(ExitCode.NotFound, missing);
        context.Response.Headers.CacheControl = cache;
        Stream content = reading.Content.CanSeek ? reading.Content : new ForwardStream(reading.Content, reading.Info.Length);
        // The stream is disposed of by the result.
        return TypedResults.Stream(
            content, type, file, reading.Info.LastModified, new EntityTagHeaderValue($"\"{tag ?? Tag(reading.Info)}\""), enableRangeProcessing: true);
    }

    // A store's tag may hold characters that an ETag must not, and may tell of its paths.
    private static string Tag(BlobInfo info) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(info.Version.Tag)).AsSpan(0, 16));
}
