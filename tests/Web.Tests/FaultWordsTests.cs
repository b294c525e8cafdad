using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using CatGan.Coordinator.Serve.Api;
using CatGan.Web.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CatGan.Web.Tests;

/// <summary>Requests that cannot be understood are told so by the names of the API: no word of .NET, and never a fault of the server.</summary>
public sealed class FaultWordsTests(ReadingTests.Read read) : IClassFixture<ReadingTests.Read>
{
    private const string Root = $"/api/v1/sweeps/{Cats.Id}";

    [Theory]
    [InlineData("extend", """{"imagse": 5}""", "the body has imagse, but must be a JSON object with none but images, seconds, experiments")]
    [InlineData("extend", """{"images": "many"}""", "images in the body is of the wrong type; it must be a whole number")]
    [InlineData("extend", """{"images": 99999999999999999999}""", "images in the body is of the wrong type; it must be a whole number")]
    [InlineData("extend", """{"images": 5, "images": 6}""", "the body has images twice")]
    [InlineData("extend", """[1]""", "the body must be a JSON object with none but images")]
    [InlineData("extend", """{"images": """, "the body is not JSON that can be read")]
    [InlineData("extend", "null", "a body is needed: a JSON object with none but images, seconds, experiments")]
    [InlineData("extend", "", "a body is needed: a JSON object")]
    [InlineData("extend", """{"seconds": "NaN"}""", "seconds is NaN, but must be more than 0")]
    [InlineData("tags", """{"add": "good"}""", "add in the body is of the wrong type; it must be a list of texts")]
    [InlineData("tags", """{"add": [null]}""", "a tag is null")]
    [InlineData("tags", """{"add": ["a\u0000b"]}""", "the tag `a?b` must have no control characters")]
    [InlineData("tags", """{"note": "\u001b[2J"}""", "note must have no control characters")]
    [InlineData("cancel", """{"reason": "\u0007"}""", "reason must have no control characters")]
    [InlineData("clone", """{"set": [null]}""", "a value of set is null")]
    [InlineData("clone", """{"print": "yes"}""", "print in the body is of the wrong type; it must be true or false")]
    [InlineData("experiments/1/generate", """{"seed": 1.5}""", "seed in the body is of the wrong type; it must be a whole number")]
    public async Task Body_ThatCannotBeUnderstood_IsToldByItsNames(string path, string body, string words) =>
        Refused(400, words, await PostAsync(path, body, "application/json"));

    [Fact]
    public async Task Body_NestedTooDeep_IsRefused() =>
        Refused(400, "in the body is of the wrong type", await PostAsync("tags", $$"""{"add": {{new string('[', 500)}}{{new string(']', 500)}}}""", "application/json"));

    [Theory]
    [InlineData("text/plain", "the address takes no body of the type text/plain")]
    [InlineData("application/yaml", "the address takes no body of the type application/yaml")]
    public async Task Body_OfAnotherType_IsRefusedWithTheOneThatIsTaken(string type, string words)
    {
        Answer refused = await PostAsync("extend", """{"images": 5}""", type);
        Refused(415, words, refused);
        Assert.Contains("application/json", refused.Json.GetProperty("hints")[0].GetString());
    }

    [Theory]
    [InlineData("tags", "application/json")]
    [InlineData("cancel", "application/json")]
    [InlineData("/../../sweeps", "application/yaml")]
    [InlineData("/../../specs/check", "application/yaml")]
    public async Task Body_ThatIsPacked_IsRefusedAndNotReadAsSomethingElse(string path, string type)
    {
        using MemoryStream packed = new();
        await using (GZipStream zip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            await zip.WriteAsync("""{"note": "small"}"""u8.ToArray());
        using ByteArrayContent body = new(packed.ToArray());
        body.Headers.ContentType = new(type);
        body.Headers.ContentEncoding.Add("gzip");
        Refused(415, "this is packed (Content-Encoding: gzip)", await read.Site.SendAsync(HttpMethod.Post, $"{Root}/{path}", body: body));
    }

    [Fact]
    public async Task Body_ThatSaysItIsNotPacked_IsTaken()
    {
        using StringContent body = new(Coordinator.Tests.Fakes.Journals.Spec, Encoding.UTF8, "application/yaml");
        body.Headers.ContentEncoding.Add("identity");
        Assert.Equal(200, (await read.Site.SendAsync(HttpMethod.Post, "/api/v1/specs/check", body: body)).Status);
    }

    [Theory]
    [InlineData("application/x-yaml")]
    [InlineData("text/yaml")]
    [InlineData("text/x-yaml")]
    [InlineData("Application/YAML")]
    public async Task Spec_ByAnyNameOfItsType_IsTaken(string type)
    {
        using StringContent body = new(Coordinator.Tests.Fakes.Journals.Spec, Encoding.UTF8, type);
        Answer answer = await read.Site.SendAsync(HttpMethod.Post, "/api/v1/specs/check", body: body);
        Assert.True(answer.Status == 200, answer.Text);
    }

    [Fact]
    public void Body_ThatComesTooSlowly_IsToldSoWithoutNamesOfSettings()
    {
        BadHttpRequestException slow = new("Reading the request body timed out due to data arriving too slowly. See MinRequestBodyDataRate.", 408);
        ProblemDetails problem = Problems.Of(slow.StatusCode, BindingWords.Of(slow, null), []);
        Assert.Equal((408, "urn:catgan:problem:too-slow", "The body comes too slowly"), (problem.Status, problem.Type, problem.Title));
        Assert.DoesNotContain("MinRequestBodyDataRate", problem.Detail);
    }

    [Theory]
    [InlineData(400, "GET /api/v1/me HTTP/1.1", "Host: HOST", "Content-Length: many")]
    [InlineData(400, "GET /api/v1/me HTTP/1.1", "Host: HOST", "no colon")]
    [InlineData(505, "GET /api/v1/me HTTP/3.7", "Host: HOST")]
    [InlineData(414, "GET /LONG HTTP/1.1", "Host: HOST")]
    [InlineData(431, "GET /api/v1/me HTTP/1.1", "Host: HOST", "X: LONGLONGLONGLONGLONG")]
    public async Task Request_ThatIsNoHttpThatCanBeRead_IsAnsweredByItsStatusAlone(int status, params string[] lines)
    {
        string answer = await RawAsync(lines);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.EndsWith("\r\n\r\n", answer);
    }

    [Fact]
    public async Task Request_OfMoreThanAHundredHeaders_IsAnsweredByItsStatusAlone() =>
        Assert.StartsWith("HTTP/1.1 431 ", await RawAsync(["GET /api/v1/me HTTP/1.1", "Host: HOST", .. Enumerable.Range(0, 100).Select(i => $"X-{i}: 1")]));

    [Fact]
    public async Task Body_OverTheLimit_IsRefusedWithTheLimit()
    {
        using StringContent body = new($$"""{"note": "{{new string('x', 3 << 20)}}"}""", Encoding.UTF8, "application/json");
        // Who sends it all at once may find the connection closed before the answer is read.
        Refused(413, "the body is larger than 2 MiB", await read.Site.SendAsync(HttpMethod.Post, $"{Root}/tags", body: body, headers: ("Expect", "100-continue")));
    }

    [Theory]
    [InlineData("/experiments?limit=abc", "limit is abc, but must be a whole number")]
    [InlineData("/experiments?limit=99999999999", "limit is 99999999999, but must be a whole number")]
    [InlineData("/experiments/1/curve?max_points=x", "max_points is x, but must be a whole number")]
    [InlineData("/status?live_only=maybe", "live_only is maybe, but must be true or false")]
    [InlineData("/report?fresh=perhaps", "fresh is perhaps, but must be true or false")]
    [InlineData("/curves?experiment=x", "experiment is x, but must be a whole number")]
    [InlineData("/table", "column is needed")]
    [InlineData("/../../resolve", "sweep is needed")]
    public async Task Query_ThatCannotBeUnderstood_IsToldByItsNames(string query, string words) =>
        Refused(400, words, await read.Site.SendAsync(HttpMethod.Get, Root + query));

    [Theory]
    [InlineData("last", "it means the latest one")]
    [InlineData("Mine", "small letters, digits and hyphens")]
    public async Task Put_UnderAnIdThatIsNone_SaysWhy(string id, string words)
    {
        using StringContent spec = new(Coordinator.Tests.Fakes.Journals.Spec, Encoding.UTF8, "application/yaml");
        Refused(400, words, await read.Site.SendAsync(HttpMethod.Put, $"/api/v1/sweeps/{id}", body: spec));
    }

    private static void Refused(int status, string words, Answer answer)
    {
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.Headers["Content-Type"]));
        string detail = answer.Json.GetProperty("detail").GetString()!;
        Assert.Contains(words, detail);
        Assert.DoesNotContain("CatGan.", detail);
        Assert.DoesNotContain("System.", detail);
    }

    private async Task<string> RawAsync(params string[] lines)
    {
        using TcpClient client = new();
        await client.ConnectAsync(read.Site.Address.Host, read.Site.Address.Port);
        await using NetworkStream stream = client.GetStream();
        string head = string.Concat(lines.Select(l => $"{l}\r\n")).Replace("HOST", read.Site.Address.Authority).Replace("LONG", new string('x', 8 << 10));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\n"));
        using StreamReader reader = new(stream);
        return await reader.ReadToEndAsync();
    }

    private async Task<Answer> PostAsync(string path, string body, string type)
    {
        using StringContent content = new(body, Encoding.UTF8, type);
        content.Headers.ContentType = new(type);
        return await read.Site.SendAsync(HttpMethod.Post, $"{Root}/{path}", body: content);
    }
}
