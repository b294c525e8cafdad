using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>The OpenAPI document, made from the routes themselves.</summary>
internal static class ApiDocument
{
    /// <summary>Its name.</summary>
    public const string Version = "v1";

    /// <summary>Where it lies.</summary>
    public const string Pattern = "/openapi/{documentName}.json";

    private const string Scheme = "key";

    /// <summary>Says what the routes do not: what the API is, and how one gets in.</summary>
    public static void Describe(OpenApiOptions options)
    {
        HeadRequests.LeaveOut(options);
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(ApiSchemas.CorrectAsync);
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "CatGan",
            Version = Version,
            Description = "Sweeps of cat-GAN trainings. Every fault is problem details (RFC 9457) with `detail` and `hints`; a faulty spec's also have `faults` by line and column.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of `catgan keys add`, or an access token of the OpenID provider that the server was started with." };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
    }
}
