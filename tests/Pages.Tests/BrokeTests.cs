using CatGan.Coordinator.Tests.Results;
using CatGan.Pages.Tests.Support;
using CatGan.Search;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>What broke, and why; and what is said of an experiment is the same wherever it is said.</summary>
public class BrokeTests(Browser browser)
{
    private const string Sweep = $"/sweeps/{Litter.Id}";

    [Fact]
    public async Task Verdict_Clicked_ListsItsExperimentsAlone()
    {
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"{Sweep}/broke");
        await Assertions.Expect(tab.Page.Locator("#troubled tbody tr").First.Locator("th")).ToHaveTextAsync("3");
        await tab.Page.Locator("#verdicts").GetByText("collapsed").ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#troubled-title")).ToHaveTextAsync("Experiments: collapsed");
        await Assertions.Expect(tab.Page.Locator("#troubled tbody th")).ToHaveTextAsync(["5"]);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "All with something to tell" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#troubled tbody th").First).ToHaveTextAsync("3");
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Reason_ThatIsLong_OpensByKeyboard()
    {
        string reason = "its silo was lost; its log ends with: " + string.Join(' ', Enumerable.Range(1, 80).Select(i => $"line{i}"));
        await using Site site = await Site.StartAsync(async s =>
        {
            FakeSweep sweep = await Litter.WriteAsync(s.Store);
            await sweep.ApplyAsync(t => new AttemptLost(t, 13, 1, reason, LossCause.WorkerLost));
        });
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"{Sweep}/broke");
        ILocator row = tab.Page.Locator("#lost tbody tr").First;
        await Assertions.Expect(row.Locator("details > span")).ToBeHiddenAsync();
        await row.Locator("summary").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(row.Locator("details > span")).ToBeVisibleAsync();
        await Assertions.Expect(row.Locator("details > span")).ToContainTextAsync("line80");
        Assert.Empty(await tab.AxeAsync());
    }

    [Fact]
    public async Task Verdict_OfAnExperiment_IsTheSameInListsAndOnItsPage()
    {
        // The floor of real pictures is in its curve alone: by it 56 is no cat yet.
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"{Sweep}/experiments/12");
        string word = (await tab.Page.Locator("#state").InnerTextAsync()).Trim();
        Assert.Contains("not cats yet", word, StringComparison.Ordinal);
        foreach (string path in (string[])[$"{Sweep}?search=12", "/tags/small", $"{Sweep}/broke?verdict=not+cats+yet"])
        {
            await tab.Page.GotoAsync(path);
            ILocator row = tab.Page.Locator("tbody tr", new() { Has = tab.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^(Experiment )?12\\b") }) }).First;
            await Assertions.Expect(row).ToContainTextAsync(word);
        }
    }
}
