using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>Addresses of pages that somebody has typed or mangled.</summary>
public sealed class PageQueryTests(ReadingTests.Read read) : IClassFixture<ReadingTests.Read>
{
    private const string Sweep = $"/sweeps/{Cats.Id}";

    [Theory]
    [InlineData("/?page=abc", "page is abc, but must be a whole number")]
    [InlineData("/?page=99999999999999", "page is 99999999999999, but must be a whole number")]
    [InlineData("/?page=1&page=x", null)]
    [InlineData("/tags/small?group=y", "group is y, but must be a whole number")]
    [InlineData("/tags/small?page=", null)]
    [InlineData($"{Sweep}?page=1.5", "page is 1.5, but must be a whole number")]
    [InlineData($"{Sweep}/broke?before=zz", "before is zz, but must be a whole number")]
    [InlineData($"{Sweep}/broke?page=x", "page is x, but must be a whole number")]
    [InlineData($"/compare?sweep={Cats.Id}&experiment=abc&experiment=2", "experiment is abc, but must be a whole number")]
    [InlineData("/?page=%3Cscript%3Ealert(1)%3C/script%3E", "page is &lt;script&gt;alert(1)&lt;/script&gt;, but must be a whole number")]
    [InlineData("/?page=-7", null)]
    [InlineData($"{Sweep}?page=0", null)]
    public async Task Query_ThatCannotBeUnderstood_IsToldOnAPageAndIsNoFaultOfTheServer(string path, string? words)
    {
        int before = read.Site.Errors.ToString().Length;
        Answer answer = await read.Site.SendAsync(HttpMethod.Get, path, headers: ("Accept", "text/html"));
        Assert.Equal(words is null ? 200 : 400, answer.Status);
        Assert.StartsWith("text/html", answer.Headers["Content-Type"]);
        Assert.Contains(words ?? "CatGan", answer.Text);
        Assert.DoesNotContain("System.", answer.Text);
        Assert.DoesNotContain("failed", read.Site.Errors.ToString()[before..]);
    }
}
