using Azure.Core;
using Azure.Core.Pipeline;

namespace CatGan.Storage.Tests;

/// <summary>Carries requests to the service, and counts them, the ranges asked for and the bytes of what is answered.</summary>
internal sealed class CountingTransport : HttpClientTransport
{
    private int _requests;

    /// <summary>Requests so far.</summary>
    public int Requests => _requests;

    /// <summary>Ranges that were asked for.</summary>
    public List<string> Ranges { get; } = [];

    /// <summary>Lengths of the answers, added up.</summary>
    public long Bytes { get; private set; }

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        await base.ProcessAsync(message);
        Interlocked.Increment(ref _requests);
        if (message.Request.Headers.TryGetValue("x-ms-range", out var range) || message.Request.Headers.TryGetValue("Range", out range))
            Ranges.Add(range!);
        Bytes += message.Response.Headers.ContentLengthLong ?? 0;
    }
}
