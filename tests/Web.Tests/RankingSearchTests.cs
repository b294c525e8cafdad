using System.Text.RegularExpressions;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>Words and conditions in one search of the ranking, with commas between.</summary>
public sealed class RankingSearchTests(StateSearchTests.Ended read) : IClassFixture<StateSearchTests.Ended>
{
    [Theory]
    [InlineData("dcgan, lr_d>6e-4", 7, 8)]
    [InlineData("lr_d>3e-4,completed", 5, 7)]
    [InlineData("lr_d >= 2e-4, not cats yet", 2)]
    [InlineData("lr_d>1e-4, lr_d<4e-4, outcome=stopped", 3)]
    [InlineData("lr_d>3e-4, 5", 5)]
    [InlineData("wgan, lr_d>1e-4")]
    [InlineData(", lr_d>7e-4,", 8)]
    [InlineData("lr_d=0.0004", 4)]
    [InlineData("worse, than")] // a text with a comma
    [InlineData("the device = full")]
    [InlineData("<b>, full")]
    public async Task Search_OfWordsAndConditions_FindsWhatHasAllOfThem(string search, params int[] expected)
    {
        string page = await PageAsync(search);
        Assert.Equal(expected, Regex.Matches(page, "data-key=\"e(\\d+)\"").Select(m => int.Parse(m.Groups[1].Value)));
        Assert.DoesNotContain("<div class=\"alert bad\" role=\"alert\">", page);
    }

    [Theory]
    [InlineData("lr_d>high", "a condition compares lr_d with high, but it is a number")]
    [InlineData("dcgan, lr_d>", "a condition is lr_d&gt;, but must be NAME, a comparison")]
    [InlineData("LR_D>1e-4", "a condition is LR_D&gt;1e-4, but must be NAME, a comparison")]
    [InlineData("lrd>1e-4, completed", "a condition names lrd, which no experiment has")]
    public async Task Search_WithAConditionThatIsNone_SaysSoInWordsOfThePage(string search, string words)
    {
        string page = await PageAsync(search);
        Assert.Contains(words, page);
        Assert.DoesNotContain("--where", page);
    }

    private async Task<string> PageAsync(string search)
    {
        Answer answer = await read.Site.SendAsync(HttpMethod.Get, $"/sweeps/states-1?search={Uri.EscapeDataString(search)}&sort=experiment", headers: ("Accept", "text/html"));
        Assert.Equal(200, answer.Status);
        return answer.Text;
    }
}
