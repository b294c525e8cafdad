using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CatGan.Abstractions;
using CatGan.Coordinator.Tests;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Storage;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>The OpenAPI document and docs/api.md tell of every address, of none that is not there, and of what is answered.</summary>
public sealed partial class DocumentTests(DocumentTests.Document document) : IClassFixture<DocumentTests.Document>
{
    private const string Root = "/api/v1/sweeps/{sweep}";
    private const string One = $"{Root}/experiments/{{number}}";

    /// <summary>Every address that can be read, and how it is asked here.</summary>
    public static TheoryData<string, string> Reads => new()
    {
        { "/api/v1/sweeps", "?limit=1" },
        { Root, "" },
        { $"{Root}/status", "" },
        { $"{Root}/spec", "" },
        { $"{Root}/report", "" },
        { $"{Root}/experiments", "?sort=best&limit=3" },
        { $"{Root}/columns", "" },
        { $"{Root}/table", "?column=lr_d&column=best&column=reason" },
        { $"{Root}/curves", "?experiment=1&experiment=2" },
        { $"{Root}/course", "" },
        { $"{Root}/attempts", "" },
        { $"{Root}/real/{{size}}.png", "" },
        { One, "" },
        { $"{One}/curve", "" },
        { $"{One}/samples", "" },
        { $"{One}/samples/{{images}}-{{epoch}}.png", "" },
        { $"{One}/neighbours", "" },
        { $"{One}/logs", "" },
        { $"{One}/logs/{{epoch}}", "" },
        { $"{One}/log", "" },
        { $"{One}/checkpoints", "" },
        { $"{One}/checkpoints/{{sha256}}", "" },
        { "/api/v1/results", "?sweep=last&format=json" },
        { "/api/v1/results", "?sweep=last&format=csv" },
        { "/api/v1/results", "?sweep=last&format=text" },
        { "/api/v1/results", "?sweep=last&format=parquet" },
        { "/api/v1/resolve", "?sweep=last" },
        { "/api/v1/cluster", "" },
        { "/api/v1/me", "" },
    };

    [Theory]
    [InlineData(200, "application/json", """{"name": "ada", "role": "viewer"}""", true)]
    [InlineData(200, "application/json", """{"name": "ada"}""", false)]
    [InlineData(200, "application/json", """{"name": "ada", "role": 7}""", false)]
    [InlineData(200, "application/json", """{"name": "ada", "role": "viewer", "more": 1}""", false)]
    [InlineData(200, "text/plain", "ada", false)]
    [InlineData(206, "application/json", """{"name": "ada", "role": "viewer"}""", false)]
    [InlineData(404, "application/problem+json", """{"type": "urn:x", "title": "x", "status": 404, "detail": "x", "hints": ["y"], "trace_id": "z"}""", true)]
    [InlineData(404, "application/problem+json", """{"type": "urn:x", "title": "x", "status": 404, "detail": "x", "hints": "y"}""", false)]
    public void Holds_AnAnswerThatIsOtherwise_IsFound(int status, string type, string text, bool holds)
    {
        Exception? fault = Record.Exception(() => document.Description.Holds("GET /api/v1/me", new(status, text, new Dictionary<string, string> { ["Content-Type"] = type })));
        Assert.Equal(holds, fault is null);
    }

    [Fact]
    public void OpenApi_EveryOperation_IsSummedUpAndAnswersWithSomething() => Assert.All(document.Description.Operations, operation =>
    {
        Assert.False(string.IsNullOrEmpty(operation.Json.GetProperty("summary").GetString()), operation.Name);
        Assert.Contains(operation.Json.GetProperty("responses").EnumerateObject(), r => r.Name.StartsWith('2'));
    });

    [Fact]
    public void OpenApi_EveryOperation_HasANameOfItsOwn()
    {
        string[] names = [.. document.Description.Operations.Select(o => o.Json.TryGetProperty("operationId", out JsonElement name) ? name.GetString()! : $"none: {o.Name}")];
        Assert.All(names, name => Assert.Matches("^[a-z]+(_[a-z]+)+$", name));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void OpenApi_EveryOperation_TellsOfTheFaultsThatItMayAnswer() => Assert.All(document.Description.Operations, operation =>
    {
        string[] told = [.. operation.Json.GetProperty("responses").EnumerateObject().Select(r => r.Name)];
        string[] common = ["400", "401", "403", "404", "429", "500", "503"];
        Assert.Empty(common.Except(told));
        Assert.Equal(operation.Json.TryGetProperty("requestBody", out _), told.Contains("413") && told.Contains("415"));
        Assert.Equal(operation.Name.EndsWith("/clone", StringComparison.Ordinal) || operation.Name.EndsWith("/sweeps", StringComparison.Ordinal) && operation.Name.StartsWith("POST", StringComparison.Ordinal)
            || operation.Name.StartsWith("PUT", StringComparison.Ordinal) || operation.Name.EndsWith("/check", StringComparison.Ordinal), told.Contains("422"));
    });

    [Fact]
    public void OpenApi_EverythingThatCanBeRead_IsReadHere() => Assert.Equal(
        document.Description.Operations.Select(o => o.Name).Where(n => n.StartsWith("GET ", StringComparison.Ordinal) && n != $"GET {Root}/events").Order(StringComparer.Ordinal),
        Reads.Select(r => $"GET {r.Data.Item1}").Distinct().Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Reads))]
    public async Task OpenApi_WhatIsRead_IsAsItSays(string path, string query)
    {
        foreach (Site site in (Site[])[document.Live, document.Alone])
        {
            Answer answer = await site.SendAsync(HttpMethod.Get, Filled(path) + query);
            Assert.True(answer.Status == 200, $"{path}: {answer.Text}");
            document.Description.Holds($"GET {path}", answer);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task OpenApi_EachKindOfExperiment_IsAsItSays(int number)
    {
        foreach (string path in (string[])[One, $"{One}/curve", $"{One}/checkpoints"])
            document.Description.Holds($"GET {path}", await document.Live.SendAsync(HttpMethod.Get, Filled(path, number)));
    }

    [Fact]
    public async Task OpenApi_EventsOfASweep_AreAsItSays()
    {
        using HttpResponseMessage answer = await document.Alone.Http.GetAsync(Filled($"{Root}/events"), HttpCompletionOption.ResponseHeadersRead);
        JsonElement content = document.Description.Operations.Single(o => o.Name == $"GET {Root}/events").Json.GetProperty("responses").GetProperty("200").GetProperty("content");
        Assert.Equal(answer.Content.Headers.ContentType!.MediaType, Assert.Single(content.EnumerateObject()).Name);
    }

    [Theory]
    [InlineData(400, "GET", "/api/v1/sweeps", "?limit=0")]
    [InlineData(404, "GET", $"{One}/log", "?epoch=7")]
    [InlineData(409, "POST", $"{Root}/pause", "")]
    [InlineData(415, "POST", $"{Root}/tags", "", "text/plain", "x")]
    [InlineData(415, "POST", "/api/v1/sweeps", "", "text/plain", "x")]
    [InlineData(422, "POST", "/api/v1/sweeps", "", "application/yaml", "name: x\nbudget: {images: -5}\n")]
    [InlineData(422, "POST", "/api/v1/specs/check", "", "application/yaml", "name: x\nbudget: {images: -5}\n")]
    [InlineData(200, "POST", "/api/v1/specs/check", "?status=200", "application/yaml", "name: x\nbudget: {images: -5}\n")]
    [InlineData(200, "POST", "/api/v1/specs/check", "?format=text", "application/yaml", Journals.Spec)]
    [InlineData(200, "POST", "/api/v1/specs/check", "", "application/yaml", Journals.Spec)]
    [InlineData(201, "POST", "/api/v1/sweeps", "", "application/yaml", Journals.Spec)]
    [InlineData(200, "POST", $"{Root}/tags", "", "application/json", """{"add": ["good"]}""")]
    [InlineData(200, "POST", $"{Root}/resume", "")]
    [InlineData(200, "POST", $"{Root}/clone", "", "application/json", """{"print": true}""", "two-1")]
    [InlineData(200, "POST", $"{Root}/report", "")]
    public async Task OpenApi_WhatIsAnswered_IsAsItSays(int status, string method, string path, string query, string? type = null, string? body = null, string sweep = Cats.Id)
    {
        using StringContent? content = type is null ? null : new(body!, Encoding.UTF8, type);
        Answer answer = await document.Live.SendAsync(new HttpMethod(method), Filled(path, sweep: sweep) + query, body: content);
        Assert.True(answer.Status == status, $"{answer.Status} {answer.Text}");
        document.Description.Holds($"{method} {path}", answer);
    }

    [Theory]
    [InlineData(206, "Range", "bytes=1-2")]
    [InlineData(416, "Range", "bytes=90000000-")]
    [InlineData(304, "If-None-Match", "*")]
    [InlineData(412, "If-Match", "\"another\"")]
    public async Task OpenApi_PartsAndConditions_AreAsItSays(int status, string header, string value)
    {
        foreach (string path in (string[])[$"{One}/samples/{{images}}-{{epoch}}.png", $"{One}/checkpoints/{{sha256}}", $"{One}/logs/{{epoch}}"])
        {
            Answer answer = await document.Live.SendAsync(HttpMethod.Get, Filled(path), headers: (header, value));
            Assert.Equal(status, answer.Status);
            document.Description.Holds($"GET {path}", answer);
        }
    }

    [Fact]
    public async Task OpenApi_WhoMayNot_IsToldAsItSays()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => (_, key) = (await Cats.WriteAsync(s.Store), await s.KeyAsync(Coordinator.Keys.AccessRole.Viewer)));
        document.Description.Holds($"POST {Root}/pause", await site.SendAsync(HttpMethod.Post, Filled($"{Root}/pause"), key));
        document.Description.Holds($"GET {Root}", await site.SendAsync(HttpMethod.Get, Filled(Root)));
    }

    [Fact]
    public void OpenApi_EveryName_IsInSnakeCase()
    {
        Assert.All(document.Description.Operations.SelectMany(o => o.Json.TryGetProperty("parameters", out JsonElement p) ? p.EnumerateArray() : []).Where(p => p.GetProperty("in").GetString() == "query"), p =>
            Assert.Matches("^[a-z][a-z0-9_]*$", p.GetProperty("name").GetString()));
        Assert.All(document.Json.GetProperty("components").GetProperty("schemas").EnumerateObject().Where(s => s.Value.TryGetProperty("properties", out _)), s =>
            Assert.All(s.Value.GetProperty("properties").EnumerateObject(), p => Assert.Matches("^[a-z][a-z0-9_]*$", p.Name)));
    }

    [Fact]
    public void ApiDocs_Table_HasEveryAddressAndNoOther() =>
        Assert.Equal(document.Description.Operations.Select(o => o.Name).Order(StringComparer.Ordinal), Row().Matches(Repository.Text("docs/api.md")).Select(m => $"{m.Groups["verb"].Value} /api/v1{m.Groups["path"].Value}").Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\| `(?<verb>GET|POST|PUT|DELETE) (?<path>/[^`?]*)", RegexOptions.Multiline)]
    private static partial Regex Row();

    // The fourth is the one that keeps a checkpoint.
    private static string Filled(string path, int number = 1, string sweep = Cats.Id) => path.Replace("{sweep}", sweep).Replace("{number}", path.Contains("sha256") ? "4" : $"{number}")
        .Replace("{size}", "16").Replace("{images}", "500").Replace("{epoch}", "1").Replace("{sha256}", new string('a', 64));

    /// <summary>The document as a server gives it, and two servers with a sweep that has a bit of everything: one with a silo, and one without.</summary>
    public sealed class Document : IAsyncLifetime
    {
        public JsonElement Json { get; private set; }

        internal ApiDescription Description { get; private set; } = null!;

        internal Site Live { get; private set; } = null!;

        internal Site Alone { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            (Live, Alone) = (await StartAsync(), await StartAsync());
            Json = (await Alone.GetAsync("/openapi/v1.json")).Clone();
            Description = new(Json);
            Live.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running, Statuses.Running(4, 321, score: 9.5)));
            Live.Silo.OnCommand = command => command is PauseSweep ? new(null, "it is too late") : new("done", null);
            Live.Silo.Pool = new(
                true,
                [
                    new()
                    {
                        Silo = "box", Address = "127.0.0.1:1", SeenAgo = TimeSpan.FromSeconds(1.5), Leaving = false, Alone = "cats-1/4",
                        Slots = [new("box/cpu/0", null, null), new("box/cpu/1", null, new(true, 3, DateTimeOffset.UnixEpoch, "it smokes")), new("box/cpu/2", null, new(false, 1, null, "it smoked"))],
                    },
                    new() { Silo = "crate", SeenAgo = TimeSpan.FromSeconds(2), Leaving = true, Slots = [] },
                ],
                [new("cats-1", 1.5, 1, 0)]);
            Live.Silo.Reachable = true;
        }

        public async ValueTask DisposeAsync()
        {
            await Live.DisposeAsync();
            await Alone.DisposeAsync();
        }

        private static async Task<Site> StartAsync()
        {
            Site site = await Site.StartAsync(async s =>
            {
                await Journals.WriteHalfDoneAsync(s.Store, "two-1");
                FakeSweep sweep = await Cats.WriteAsync(s.Store);
                await sweep.RungAsync(4, 500, 9);
                await sweep.CheckpointAsync(4, 500);
                await s.Store.WriteTextAsync("checkpoint-4-500", "weights");
                await sweep.CurveAsync(2, 1, FakeSweep.Report(500, lossD: double.NaN, lossG: double.NegativeInfinity), FakeSweep.Report(1000, 7.5, full: true));
                await sweep.LoseAsync(4);
            });
            byte[] pictures = await site.Http.GetByteArrayAsync($"/api/v1/sweeps/{Cats.Id}/real/16.png");
            await site.Store.WriteBytesAsync(StoreLayout.Samples(Cats.Id, 1, 500, 1), pictures);
            return site;
        }
    }
}
