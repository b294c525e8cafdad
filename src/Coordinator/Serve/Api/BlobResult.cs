using System.Security.Cryptography;
using System.Text;
using CatGan.Coordinator.App;
using CatGan.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Answers with a blob or a part of it: with its length and an ETag, to whoever does not have it already.</summary>
internal static class BlobResult
{
    private const int Looks = 3;

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
        Preconditions asked = new(context.Request);
        if (asked.IsPlain)
        {
            BlobReading all = await store.OpenReadAsync(name, cancellationToken) ?? throw Missing();
            return new BlobAnswer(Head(all.Info), BlobRange.All(all.Info.Length), all);
        }
        for (int look = 1; look <= Looks; look++)
        {
            BlobInfo info = await store.GetInfoAsync(name, cancellationToken) ?? throw Missing();
            BlobHead head = Head(info);
            if (asked.Instead(head.Tag, head.Modified) is { } status)
                return new BlobAnswer(head, BlobRange.All(0), null) { Status = status };
            BlobRange range = asked.Range(info.Length, head.Tag);
            if (range.Length < 0 || HttpMethods.IsHead(context.Request.Method))
                return new BlobAnswer(head, range, null);
            // Of the version that was looked at; where another has come since, that one is looked at.
            if (await store.OpenRangeAsync(name, range.Offset, range.Length, info.Version, cancellationToken) is { } reading)
                return new BlobAnswer(head, range, reading);
        }
        throw new UserException(ExitCode.Unreachable, "it is being written over again and again", "try again in a moment");

        UserException Missing() => new(ExitCode.NotFound, missing);
        BlobHead Head(BlobInfo info) => new(new($"\"{tag ?? Tag(info)}\""), info.LastModified, info.Length, type, cache, file);
    }

    // A store's tag may hold characters that an ETag must not, and may tell of its paths.
    private static string Tag(BlobInfo info) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(info.Version.Tag)).AsSpan(0, 16));
}

/// <summary>What stands before a blob's content.</summary>
/// <param name="Tag">Its ETag, a strong one.</param>
/// <param name="Written">When it was last written.</param>
/// <param name="Length">Bytes of the whole blob.</param>
/// <param name="Type">Type of its content.</param>
/// <param name="Cache">How it may be cached.</param>
/// <param name="File">Name of the file it is saved as; null to show it.</param>
internal sealed record BlobHead(EntityTagHeaderValue Tag, DateTimeOffset Written, long Length, string Type, string Cache, string? File)
{
    /// <summary>The last write as headers say it, in whole seconds.</summary>
    public DateTimeOffset Modified => new(Written.UtcTicks - Written.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);

    /// <summary>Sets what every answer says, the whole blob's or none of it.</summary>
    public void Write(HttpResponse response)
    {
        ResponseHeaders headers = response.GetTypedHeaders();
        headers.ETag = Tag;
        headers.LastModified = Modified;
        response.Headers.CacheControl = Cache;
        response.Headers.AcceptRanges = "bytes";
    }
}
