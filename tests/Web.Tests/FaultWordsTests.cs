using System.Text;
using CatGan.Web.Tests.Support;

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

    private async Task<Answer> PostAsync(string path, string body, string type)
    {
        using StringContent content = new(body, Encoding.UTF8, type);
        content.Headers.ContentType = new(type);
        return await read.Site.SendAsync(HttpMethod.Post, $"{Root}/{path}", body: content);
    }
}
