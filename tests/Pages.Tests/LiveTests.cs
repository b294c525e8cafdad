using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Tests.Results;
using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>Pages follow what happens without a reload, and a hidden tab asks for nothing.</summary>
public class LiveTests(Browser browser)
{
    private const string Events = "**/events*";

    [Fact]
    public async Task Sweep_WhoseExperimentEnds_ShowsItWithoutReload()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await OpenAsync(tab, $"/sweeps/{Litter.Id}");
        await Assertions.Expect(tab.Page.Locator("#progress .big").First).ToHaveTextAsync("12");
        await tab.Page.EvaluateAsync("window.loadedOnce = true");
        await tab.Page.GetByLabel("Compare experiment 1", new() { Exact = true }).CheckAsync();

        await sweep.EndAsync(13, 60_000, 5);

        await Assertions.Expect(tab.Page.Locator("#progress .big").First).ToHaveTextAsync("13");
        await Assertions.Expect(tab.Page.Locator("#latest")).ToContainTextAsync("Experiment 13 ended");
        await Assertions.Expect(tab.Page.Locator("#progress a")).ToHaveTextAsync("experiment 13");
        await tab.Page.Locator("#course[data-drawn='2']").WaitForAsync();
        Assert.True(await tab.Page.EvaluateAsync<bool>("window.loadedOnce"));
        Assert.True(await tab.Page.GetByLabel("Compare experiment 1", new() { Exact = true }).IsCheckedAsync(), "what a person ticked stays");
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Tab_ThatIsHidden_ClosesItsStreamAndGoesOnAfterTheLastEvent()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await OpenAsync(tab, $"/sweeps/{Litter.Id}");
        (TrackedSweep tracked, _) = await site.Service<SweepBoard>().GetAsync(Litter.Id, CancellationToken.None);
        await sweep.RungAsync(13, 20_000, 50);
        await Assertions.Expect(tab.Page.Locator("#latest")).ToContainTextAsync("Experiment 13 was scored");

        await ShowAsync(tab, hidden: true);
        await Eventually.TrueAsync(() => Task.FromResult(!tracked.Watch.IsWatched));
        await sweep.EndAsync(13, 60_000, 5);

        Microsoft.Playwright.IRequest again = await tab.Page.RunAndWaitForRequestAsync(() => ShowAsync(tab, hidden: false), Events);
        Assert.Matches(@"\?after=\d+\.\d+$", Uri.UnescapeDataString(again.Url));
        await Assertions.Expect(tab.Page.Locator("#progress .big").First).ToHaveTextAsync("13");
        await Assertions.Expect(tab.Page.Locator("#latest")).ToContainTextAsync("Experiment 13 ended");
        Assert.Empty(tab.Faults);
    }

    private static Task OpenAsync(Tab tab, string path) => tab.Page.RunAndWaitForResponseAsync(() => tab.Page.GotoAsync(path), Events);

    // A headless browser hides no tab by itself.
    private static Task ShowAsync(Tab tab, bool hidden) => tab.Page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", hidden);
}
