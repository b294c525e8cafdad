using System.Text.Json;
using System.Text.RegularExpressions;
using CatGan.Coordinator.Tests;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>The OpenAPI document and docs/api.md tell of every address, and of none that is not there.</summary>
public sealed partial class DocumentTests(DocumentTests.Document document) : IClassFixture<DocumentTests.Document>
{
    [Fact]
    public void OpenApi_EveryOperation_IsSummedUpAndAnswersWithSomething() => Assert.All(document.Operations, operation =>
    {
        Assert.False(string.IsNullOrEmpty(operation.Json.GetProperty("summary").GetString()), operation.Name);
        Assert.Contains(operation.Json.GetProperty("responses").EnumerateObject(), r => r.Name.StartsWith('2'));
    });

    [Fact]
    public void OpenApi_EveryName_IsInSnakeCase()
    {
        Assert.All(document.Operations.SelectMany(o => o.Json.TryGetProperty("parameters", out JsonElement p) ? p.EnumerateArray() : []).Where(p => p.GetProperty("in").GetString() == "query"), p =>
            Assert.Matches("^[a-z][a-z0-9_]*$", p.GetProperty("name").GetString()));
        Assert.All(document.Json.GetProperty("components").GetProperty("schemas").EnumerateObject().Where(s => s.Value.TryGetProperty("properties", out _)), s =>
            Assert.All(s.Value.GetProperty("properties").EnumerateObject(), p => Assert.Matches("^[a-z][a-z0-9_]*$", p.Name)));
    }

    [Fact]
    public void ApiDocs_Table_HasEveryAddressAndNoOther() =>
        Assert.Equal(document.Operations.Select(o => o.Name).Order(StringComparer.Ordinal), Row().Matches(Repository.Text("docs/api.md")).Select(m => $"{m.Groups["verb"].Value} /api/v1{m.Groups["path"].Value}").Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\| `(?<verb>GET|POST|PUT|DELETE) (?<path>/[^`?]*)", RegexOptions.Multiline)]
    private static partial Regex Row();

    /// <summary>The document as a server gives it.</summary>
    public sealed class Document : IAsyncLifetime
    {
        public JsonElement Json { get; private set; }

        public IEnumerable<(string Name, JsonElement Json)> Operations =>
            Json.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => ($"{o.Name.ToUpperInvariant()} {p.Name}", o.Value)));

        public async ValueTask InitializeAsync()
        {
            await using Site site = await Site.StartAsync();
            Json = (await site.GetAsync("/openapi/v1.json")).Clone();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
