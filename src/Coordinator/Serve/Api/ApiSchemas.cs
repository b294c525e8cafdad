using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CatGan.Abstractions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Makes the document's schemas say what is written: numbers that may not be finite, and what is left out where it has no value.</summary>
internal static class ApiSchemas
{
    private static readonly string[] NotFinite = ["NaN", "Infinity", "-Infinity"];

    /// <summary>Corrects a schema.</summary>
    public static Task CorrectAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        Type type = context.JsonTypeInfo.Type;
        if (type == typeof(double) || type == typeof(double?))
            Number(schema, isNullable: type == typeof(double?) || context.JsonPropertyInfo?.PropertyType == typeof(double?));
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
            schema.Required?.ExceptWith(context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable).Select(p => p.Name));
        if (type == typeof(SweepStatus) || type == typeof(ExperimentStatus))
            Status(schema);
        return Task.CompletedTask;
    }

    private static void Number(OpenApiSchema schema, bool isNullable)
    {
        schema.Type = null;
        schema.Format = null;
        schema.AnyOf =
        [
            new OpenApiSchema { Type = isNullable ? JsonSchemaType.Number | JsonSchemaType.Null : JsonSchemaType.Number, Format = "double" },
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. NotFinite.Select(n => (JsonNode)n)] },
        ];
    }

    /// <summary>As <see cref="Watching.JsonView"/> writes it: without a budget where there is none, and times in seconds.</summary>
    private static void Status(OpenApiSchema schema)
    {
        schema.Required?.Remove("budget_images");
        if (schema.Properties?.Remove("budget_time") == true)
            schema.Properties["budget_seconds"] = new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double", Description = "Training time that each experiment may use, in seconds; left out without such a limit." };
    }
}
