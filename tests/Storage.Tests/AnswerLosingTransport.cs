using Azure.Core;
using Azure.Core.Pipeline;

namespace CatGan.Storage.Tests;

/// <summary>Carries requests to the service, and loses the answer of the first write of a blob that succeeded.</summary>
internal sealed class AnswerLosingTransport : HttpClientTransport
{
    /// <summary>Answers lost so far.</summary>
    public int Lost { get; set; }

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        await base.ProcessAsync(message);
        var staging = message.Request.Uri.Query.Contains("comp=block&", StringComparison.Ordinal);
        if (Lost > 0 || staging || message.Request.Method != RequestMethod.Put || message.Response.Status != 201)
            return;
        Lost++;
        throw new IOException("The connection was reset.");
    }
}
