using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Lets what can be read be asked for by HEAD too, as every server must (RFC 9110, section 9.1). The server sends no body then.</summary>
internal static class HeadRequests
{
    /// <summary>Adds HEAD to every address that takes GET.</summary>
    public static void Allow(IEndpointConventionBuilder endpoints) => endpoints.Finally(static endpoint =>
    {
        for (int i = 0; i < endpoint.Metadata.Count; i++)
        {
            if (endpoint.Metadata[i] is HttpMethodMetadata taken && taken.HttpMethods.Contains(HttpMethods.Get) && !taken.HttpMethods.Contains(HttpMethods.Head))
                endpoint.Metadata[i] = new HttpMethodMetadata([.. taken.HttpMethods, HttpMethods.Head], taken.AcceptCorsPreflight);
        }
    });

    /// <summary>The document of the API leaves out what follows from GET.</summary>
    public static void LeaveOut(OpenApiOptions options)
    {
        Func<Microsoft.AspNetCore.Mvc.ApiExplorer.ApiDescription, bool> before = options.ShouldInclude;
        options.ShouldInclude = description => !HttpMethods.IsHead(description.HttpMethod ?? "") && before(description);
    }
}
