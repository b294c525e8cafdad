using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>What a reader knows of a blob already, and which part of it is wanted (RFC 9110, sections 13 and 14).</summary>
/// <param name="request">The request.</param>
internal sealed class Preconditions(HttpRequest request)
{
    private readonly RequestHeaders headers = request.GetTypedHeaders();

    /// <summary>True when the whole blob is wanted whatever it is.</summary>
    public bool IsPlain => HttpMethods.IsGet(request.Method)
        && !Has(HeaderNames.IfMatch) && !Has(HeaderNames.IfNoneMatch) && !Has(HeaderNames.IfModifiedSince) && !Has(HeaderNames.IfUnmodifiedSince) && !Has(HeaderNames.Range);

    /// <summary>The status of an answer without the blob, 304 or 412; null when the blob is to be sent (section 13.2.2).</summary>
    /// <param name="tag">Its ETag, a strong one.</param>
    /// <param name="modified">Its last write, in whole seconds.</param>
    public int? Instead(EntityTagHeaderValue tag, DateTimeOffset modified)
    {
        bool changed = Has(HeaderNames.IfMatch) ? !headers.IfMatch.Any(t => Is(t, tag, strong: true)) : headers.IfUnmodifiedSince is { } since && modified > since;
        if (changed)
            return StatusCodes.Status412PreconditionFailed;
        bool known = Has(HeaderNames.IfNoneMatch) ? headers.IfNoneMatch.Any(t => Is(t, tag, strong: false)) : headers.IfModifiedSince is { } seen && modified <= seen;
        return known ? StatusCodes.Status304NotModified : null;
    }

    /// <summary>The part that is wanted; all of it where no range is, or none that is understood (section 14.2).</summary>
    /// <param name="length">Bytes of the blob.</param>
    /// <param name="tag">Its ETag, a strong one.</param>
    public BlobRange Range(long length, EntityTagHeaderValue tag)
    {
        // Several ranges at once may be answered with everything, and are; HEAD has no ranges.
        if (!HttpMethods.IsGet(request.Method) || headers.Range is not { Ranges: { Count: 1 } ranges } range || range.Unit != "bytes" || !IsStillSame(tag))
            return BlobRange.All(length);
        (long? from, long? to) = (ranges.First().From, ranges.First().To);
        if (from is null)
            return to == 0 ? BlobRange.None : length == 0 ? BlobRange.All(0) : new(Math.Max(0, length - to!.Value), Math.Min(length, to.Value), IsPart: true);
        return from >= length ? BlobRange.None : new(from.Value, Math.Min(to ?? long.MaxValue, length - 1) - from.Value + 1, IsPart: true);
    }

    // A date may stand for two writes of one second: it is no strong validator (section 8.8.2.2), and never enough for If-Range.
    private bool IsStillSame(EntityTagHeaderValue tag) => !Has(HeaderNames.IfRange) || headers.IfRange is { EntityTag: { } seen } && seen.Compare(tag, useStrongComparison: true);

    private static bool Is(EntityTagHeaderValue seen, EntityTagHeaderValue tag, bool strong) => seen.Equals(EntityTagHeaderValue.Any) || seen.Compare(tag, strong);

    private bool Has(string name) => request.Headers.ContainsKey(name);
}

/// <summary>A part of a blob.</summary>
/// <param name="Offset">Bytes before it.</param>
/// <param name="Length">Its bytes; -1 when it lies outside of the blob.</param>
/// <param name="IsPart">True when a range was asked for.</param>
internal readonly record struct BlobRange(long Offset, long Length, bool IsPart)
{
    /// <summary>A range that the blob does not have.</summary>
    public static BlobRange None => new(0, -1, true);

    /// <summary>The whole blob.</summary>
    public static BlobRange All(long length) => new(0, length, false);
}
