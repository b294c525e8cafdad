using CatGan.Abstractions;
using CatGan.Coordinator.Tests.Results;
using CatGan.Pages.Tests.Support;
using CatGan.Storage;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>Pages that are opened before there is anything to see.</summary>
public class CompareTests(Browser browser)
{
    [Fact]
    public async Task Experiment_ThatBeginsWhileItIsCompared_ShowsItsSamplesStateAndNumbers()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.FollowAsync($"/compare?sweep={Litter.Id}&experiment=1&experiment=13");
        ILocator one = tab.Page.Locator("figure[data-experiment='13']"), best = tab.Page.Locator("#differences tbody tr").First.Locator("td").Nth(1);
        await Assertions.Expect(one).ToContainTextAsync("No samples yet");
        await Assertions.Expect(one.Locator(".badge")).ToContainTextAsync("running");
        await tab.Page.Locator("#slider[data-images='60000']").WaitForAsync();
        await Assertions.Expect(best).ToHaveTextAsync("–");

        await sweep.CurveAsync(13, 1, FakeSweep.Report(60_000, 5, full: true));
        await sweep.SamplesAsync(13, 20_000, 1, Litter.Picture(20));
        await sweep.SamplesAsync(13, 60_000, 1, Litter.Picture(120));
        await sweep.EndAsync(13, 60_000, 5);

        await Assertions.Expect(one.Locator("img")).ToHaveAttributeAsync("src", $"/api/v1/sweeps/{Litter.Id}/experiments/13/samples/60000-1.png");
        await Assertions.Expect(one.Locator(".badge")).Not.ToContainTextAsync("running");
        await Assertions.Expect(one.Locator(".score")).ToHaveTextAsync("5.00");
        await Assertions.Expect(best).ToHaveTextAsync("5.00");
        await tab.Page.Locator("#slider").PressAsync("Home");
        await Assertions.Expect(one.Locator("img")).ToHaveAttributeAsync("src", $"/api/v1/sweeps/{Litter.Id}/experiments/13/samples/20000-1.png");
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Log_ThatComesAfterItsPage_AppearsThere()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.FollowAsync($"/sweeps/{Litter.Id}/experiments/13/logs/1");
        await Assertions.Expect(tab.Page.Locator("#left")).ToContainTextAsync("has left no log");
        await sweep.Store.WriteTextAsync(StoreLayout.Log(sweep.Id, 13, 1), "it threw");
        await sweep.RungAsync(13, 20_000, 50);
        await Assertions.Expect(tab.Page.Locator("#text")).ToHaveTextAsync("it threw");
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Reset_OfTheStream_RenewsWhatItTellsNothingOf()
    {
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        TaskCompletionSource written = new();
        await tab.Page.RouteAsync(Tab.Events, async r =>
        {
            await written.Task;
            await r.FulfillAsync(new() { ContentType = "text/event-stream", Body = "event: reset\ndata: {}\n\n" });
        });
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}/experiments/13/logs/1");
        await site.Store.WriteTextAsync(StoreLayout.Log(Litter.Id, 13, 1), "it threw");
        written.SetResult();
        await Assertions.Expect(tab.Page.Locator("#text")).ToHaveTextAsync("it threw");
    }
}
