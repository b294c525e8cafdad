using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using CatGan.Coordinator.Serve.Api;

namespace CatGan.Coordinator.Remote;

/// <summary>A request to a server's API, which can be sent more than once.</summary>
/// <param name="Method">What to do.</param>
/// <param name="Path">Address below <c>/api/v1/</c>.</param>
internal sealed record ServerCall(HttpMethod Method, string Path)
{
    /// <summary>An object to send; null for none.</summary>
    public object? Body { get; init; }

    /// <summary>A spec to send; null for none.</summary>
    public string? Yaml { get; init; }

    /// <summary>The client's own key for the request; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>How long to wait for its answer; null for as long as is usual.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>The request.</summary>
    public HttpRequestMessage Make()
    {
        HttpRequestMessage request = new(Method, Path)
        {
            Content = Yaml is not null ? new StringContent(Yaml, Encoding.UTF8, SpecBody.Yaml)
                : Body is not null ? JsonContent.Create(Body, Body.GetType(), new MediaTypeHeaderValue("application/json"), ApiJson.Options)
                : null,
        };
        if (Key is not null)
            request.Headers.Add("Idempotency-Key", Key);
        return request;
    }
}

/// <summary>Problem details as a server tells them.</summary>
/// <param name="Detail">What is wrong.</param>
/// <param name="Hints">What to do next.</param>
/// <param name="Faults">The faults of a spec.</param>
internal sealed record ServerProblem(string? Detail = null, string[]? Hints = null, SpecFaultDto[]? Faults = null);
