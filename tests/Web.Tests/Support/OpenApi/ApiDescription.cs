using System.Text.Json;
using Json.Schema;

namespace CatGan.Web.Tests.Support;

/// <summary>Holds answers against the document of the API.</summary>
internal sealed class ApiDescription(JsonElement document)
{
    private readonly string definitions = Local(document.GetProperty("components").GetProperty("schemas"));

    public IEnumerable<(string Name, JsonElement Json)> Operations =>
        document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => ($"{o.Name.ToUpperInvariant()} {p.Name}", o.Value)));

    /// <summary>Fails unless an address may answer so.</summary>
    /// <param name="operation">Method and address, as <c>GET /api/v1/sweeps/{sweep}</c>.</param>
    /// <param name="answer">What it answered.</param>
    public void Holds(string operation, Answer answer)
    {
        JsonElement responses = Operations.Single(o => o.Name == operation).Json.GetProperty("responses");
        Assert.True(responses.TryGetProperty($"{answer.Status}", out JsonElement response), $"{operation} tells of no {answer.Status}, but answered {answer.Text}");
        if (!answer.Headers.TryGetValue("Content-Type", out string? type))
        {
            Assert.False(response.TryGetProperty("content", out JsonElement none) && none.EnumerateObject().Any(), $"{operation} answered {answer.Status} without a content");
            return;
        }
        Assert.True(response.TryGetProperty("content", out JsonElement content) && content.TryGetProperty(type.Split(';')[0], out _), $"{operation} tells of no {type} for {answer.Status}");
        JsonElement schema = content.GetProperty(type.Split(';')[0]).GetProperty("schema");
        Assert.NotEmpty(schema.EnumerateObject());
        Valid(operation, schema, type.Contains("json", StringComparison.Ordinal) ? answer.Json : JsonSerializer.SerializeToElement(answer.Text));
    }

    private void Valid(string operation, JsonElement schema, JsonElement value)
    {
        EvaluationResults found = JsonSchema.FromText($$"""{"allOf": [{{Local(schema)}}], "$defs": {{definitions}}}""").Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(found.IsValid, $"{operation}: {string.Join("; ", (found.Details ?? []).SelectMany(d => (d.Errors ?? []).Select(e => $"{d.InstanceLocation}: {e.Key}: {e.Value}")).Distinct().Take(12))}");
    }

    private static string Local(JsonElement schema) => schema.GetRawText().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
}
