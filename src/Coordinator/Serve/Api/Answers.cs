using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>What addresses say of their answers where their types do not, for the document of the API.</summary>
internal static class Answers
{
    /// <summary>Type of every fault.</summary>
    public const string Problem = "application/problem+json";

    /// <summary>Faults of these statuses may be answered.</summary>
    public static TBuilder Faults<TBuilder>(this TBuilder endpoints, params IEnumerable<int> statuses)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata([.. statuses.Select(Fault)]);

    /// <summary>What takes a body may find it too large, of a type that is not taken, or packed.</summary>
    public static void FaultsOfBodies(this IEndpointConventionBuilder endpoints) => endpoints.Finally(static endpoint =>
    {
        if (!endpoint.Metadata.OfType<IAcceptsMetadata>().Any())
            return;
        endpoint.Metadata.Add(Fault(StatusCodes.Status413PayloadTooLarge));
        endpoint.Metadata.Add(Fault(StatusCodes.Status415UnsupportedMediaType));
    });

    /// <summary>Text of this type is answered.</summary>
    public static TBuilder Text<TBuilder>(this TBuilder endpoint, string type)
        where TBuilder : IEndpointConventionBuilder => endpoint.Content((type, Text));

    /// <summary>Bytes of this type are answered.</summary>
    public static TBuilder Bytes<TBuilder>(this TBuilder endpoint, string type)
        where TBuilder : IEndpointConventionBuilder => endpoint.Content((type, Bytes));

    /// <summary>A blob is answered, whole or a part of it, or that the client has it already (<see cref="BlobResult"/>).</summary>
    public static TBuilder Blob<TBuilder>(this TBuilder endpoint, string type, Func<OpenApiSchema> schema)
        where TBuilder : IEndpointConventionBuilder => endpoint.Content((type, schema))
            .Answer(StatusCodes.Status206PartialContent, "The part of it that `Range` asks for.", (type, schema))
            .Answer(StatusCodes.Status304NotModified, "The client has it already, by `If-None-Match` or `If-Modified-Since`.")
            .Faults(StatusCodes.Status412PreconditionFailed, StatusCodes.Status416RangeNotSatisfiable);

    /// <summary>One of these types is answered.</summary>
    public static TBuilder Content<TBuilder>(this TBuilder endpoint, params (string Type, Func<OpenApiSchema> Schema)[] content)
        where TBuilder : IEndpointConventionBuilder => endpoint.Answer(StatusCodes.Status200OK, "OK", content);

    /// <summary>A text.</summary>
    public static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    /// <summary>Anything else.</summary>
    public static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary" };

    /// <summary>An object of which no more is said.</summary>
    public static OpenApiSchema Object() => new() { Type = JsonSchemaType.Object };

    /// <summary>An array of such objects.</summary>
    public static OpenApiSchema Objects() => new() { Type = JsonSchemaType.Array, Items = Object() };

    private static TBuilder Answer<TBuilder>(this TBuilder endpoint, int status, string description, params (string Type, Func<OpenApiSchema> Schema)[] content)
        where TBuilder : IEndpointConventionBuilder => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Responses ??= [];
        operation.Responses[$"{status}"] = new OpenApiResponse { Description = description, Content = content.ToDictionary(c => c.Type, c => new OpenApiMediaType { Schema = c.Schema() }) };
        return Task.CompletedTask;
    });

    private static ProducesResponseTypeMetadata Fault(int status) => new(status, typeof(ProblemDto), [Problem]);
}
