using CatGan.Abstractions;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>What a person asked for and whose answer never came.</summary>
public class LostAnswerTests(Browser browser)
{
    [Fact]
    public async Task Submission_WhoseAnswerIsLost_CanBeSentAgainAsTheSameOne()
    {
        List<string?> keys = [];
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync("/new");
        await tab.Page.GetByText("No faults.").WaitForAsync();
        await tab.Page.RouteAsync("**/api/v1/sweeps", async r =>
        {
            keys.Add(r.Request.Headers.GetValueOrDefault("idempotency-key"));
            await (keys.Count == 1 ? r.AbortAsync("connectionreset") : r.FulfillAsync(new() { ContentType = "application/json", Body = $$"""{"sweep":"{{Litter.Id}}"}""" }));
        });
        ILocator submit = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" });
        await submit.ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#faults")).ToContainTextAsync("it may have been submitted or not");
        Assert.Empty(await tab.AxeAsync());
        await submit.ClickAsync();
        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Litter");
        Assert.Equal(2, keys.Count);
        Assert.NotNull(keys[0]);
        Assert.Equal(keys[0], keys[1]);
        Assert.DoesNotContain(tab.Faults, f => f.Contains("TypeError", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_WhoseAnswerIsLost_IsAskedAgain()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.RouteAsync("**/specs/check*", r => r.AbortAsync("connectionreset"), new() { Times = 1 });
        await tab.Page.GotoAsync("/new");
        await tab.Page.GetByText("No faults.").WaitForAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" })).ToBeEnabledAsync();
        await Assertions.Expect(tab.Page.Locator("#trouble")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Cats_WhoseAnswerIsLost_CanBeAskedForAgain()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}/experiments/13");
        await tab.Page.RouteAsync("**/generate", r => r.AbortAsync("connectionreset"));
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Generate more" }).ClickAsync();
        ILocator dialog = tab.Page.GetByRole(AriaRole.Dialog), generate = dialog.GetByRole(AriaRole.Button, new() { Name = "Generate" });
        await generate.ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("No connection to the server");
        await Assertions.Expect(generate).ToBeEnabledAsync();
        Assert.DoesNotContain(tab.Faults, f => f.Contains("TypeError", StringComparison.Ordinal));
    }

    private static Task<Site> StartAsync() => Site.StartAsync(async s =>
    {
        FakeSweep sweep = await Litter.WriteAsync(s.Store);
        await sweep.CheckpointAsync(13, 20_000);
        s.Silo.Reachable = true;
        s.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running, Statuses.Running(13, 20_000)));
    });
}
