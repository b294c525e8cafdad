using System.Text;
using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>Why it wins, of more experiments than a call in a browser takes arguments.</summary>
public class WhyTests(Browser browser)
{
    [Fact]
    public async Task Charts_OfTwoHundredThousandExperiments_AreDrawn()
    {
        const int Many = 200_000;
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.RouteAsync("**/table?*", r => r.FulfillAsync(new() { ContentType = "application/json", Body = Table(Many) }));
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}/why");
        await tab.Page.Locator("#rates[data-drawn='1']").WaitForAsync();
        await tab.Page.Locator("#parallel[data-drawn='1']").WaitForAsync();
        await Assertions.Expect(tab.Page.Locator("#parallel-note")).ToContainTextAsync("of 200,000 lines");
        Assert.Empty(tab.Faults);
    }

    // Scores and rates that spread over decades, so that their axes are of logarithms.
    private static string Table(int many)
    {
        StringBuilder json = new("{");
        Column("experiment", n => $"{n}");
        Column("variant", _ => "\"WGAN\"");
        Column("outcome", _ => "\"completed\"");
        Column("best", n => $"{n}");
        Column("preset", _ => "\"wgan\"");
        Column("lr_d", n => $"{n}e-8");
        Column("lr_g", _ => "2e-4");
        return json.Append("\"end\":[]}").ToString();

        void Column(string name, Func<int, string> value) => json.Append($"\"{name}\":[").AppendJoin(',', Enumerable.Range(1, many).Select(value)).Append("],");
    }
}
