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

    [Fact]
    public async Task Timeline_InAnotherZone_TellsTimesInUtcAsThePageDoes()
    {
        // From 9 o'clock on, for some minutes.
        await using Site site = await Site.StartAsync(async s => await (await Litter.WriteAsync(s.Store)).EndAsync(13, 60_000, 5));
        await using Tab tab = await browser.OpenAsync(site.Address, zone: "Asia/Tokyo");
        await tab.Page.GotoAsync($"{Sweep}/broke");
        await tab.Page.Locator("#timeline[data-drawn='1']").WaitForAsync();
        const string Chart = "import('/lib/echarts.esm.min.js').then(e => e.getInstanceByDom(document.getElementById('timeline')))";
        string[] labels = await tab.Page.EvaluateAsync<string[]>($"{Chart}.then(c => {{ const axis = c.getModel().getComponent('xAxis').axis; return [axis.model.get('name'), ...axis.getViewLabels().map(l => l.formattedLabel)]; }})");
        string tip = await tab.Page.EvaluateAsync<string>($"{Chart}.then(c => {{ const o = c.getOption(); return o.tooltip[0].formatter({{ data: o.series[0].data[0] }}); }})");
        Assert.Equal("time (UTC)", labels[0]);
        Assert.All(labels[1..], l => Assert.Contains("09:", l, StringComparison.Ordinal));
        Assert.Matches("\n2026-05-01 09:[0-9:]+ to 2026-05-01 09:[0-9:]+ UTC\n", tip);
    }

    [Theory]
    [InlineData("/broke", "#troubled .why, #lost .why, #log .why")]
    [InlineData("/why", "#importance td.whole, #repeated td.whole")]
    public async Task Reasons_OnAPhone_AreReadWithoutScrollingSideways(string page, string cells)
    {
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address, width: 390);
        await tab.Page.GotoAsync(Sweep + page);
        IReadOnlyList<ILocator> all = await tab.Page.Locator(cells).AllAsync();
        Assert.NotEmpty(all);
        foreach (ILocator cell in all)
        {
            LocatorBoundingBoxResult box = (await cell.BoundingBoxAsync())!;
            Assert.True(box.X >= 0 && box.X + box.Width <= 390 && box.Width > 250, $"{await cell.InnerTextAsync()}: {box.X:0} to {box.X + box.Width:0}");
        }
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("[...document.querySelectorAll('.scroll:has(.cards)')].filter(s => s.scrollWidth > s.clientWidth).length"));
        Assert.Empty(await tab.AxeAsync());
    }
}
