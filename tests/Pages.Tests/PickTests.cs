using CatGan.Coordinator.Tests.Results;
using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>What is ticked for a comparison stays so wherever its row is.</summary>
public class PickTests(Browser browser)
{
    private FakeSweep sweep = null!;

    [Fact]
    public async Task Ticks_OnSeveralPagesOfTheRanking_AreComparedTogether()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync(Path);
        await Box(tab, 1).CheckAsync();
        await Box(tab, 50).CheckAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Box(tab, 55).CheckAsync();
        await tab.Page.GotoAsync($"{Path}?sort=-experiment");
        await Assertions.Expect(Box(tab, 50)).ToBeCheckedAsync();
        await tab.Page.GotoAsync($"{Path}?search=1");
        await Assertions.Expect(Box(tab, 1)).ToBeCheckedAsync();
        await Assertions.Expect(Chips(tab)).ToHaveCountAsync(3);
        Assert.Empty(await tab.AxeAsync());

        // Taken away by keyboard, though its row is not on this page.
        await Chip(tab, 50).PressAsync("Enter");
        await Assertions.Expect(Chip(tab, 55)).ToBeFocusedAsync();
        await Chip(tab, 1).ClickAsync();
        await Assertions.Expect(Box(tab, 1)).Not.ToBeCheckedAsync();
        await Box(tab, 1).CheckAsync();
        await Compare(tab).ClickAsync();
        await tab.Page.WaitForURLAsync($"**/compare?sweep={sweep.Id}&experiment=55&experiment=1");
        await tab.Page.GetByLabel("Add experiment number").FillAsync("60");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#tracks figure h2 a")).ToHaveTextAsync(["55", "1", "60"]);
        Assert.Empty(await tab.AxeAsync());
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Tick_WhoseRowMovesToAnotherPage_StaysAndComesBack()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.FollowAsync(Path);
        await Box(tab, 50).CheckAsync();
        await Box(tab, 2).CheckAsync();
        await sweep.EndAsync(61, 60_000, 0.5);
        await Assertions.Expect(Box(tab, 61)).ToBeVisibleAsync();
        await Assertions.Expect(Box(tab, 50)).ToHaveCountAsync(0);
        await Assertions.Expect(Chip(tab, 50)).ToBeVisibleAsync();
        await Assertions.Expect(Box(tab, 2)).ToBeCheckedAsync();
        await Compare(tab).ClickAsync();
        await tab.Page.WaitForURLAsync($"**/compare?sweep={sweep.Id}&experiment=50&experiment=2");
        await tab.Page.GoBackAsync();
        await Assertions.Expect(Chips(tab)).ToHaveCountAsync(2);
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Tick_OfASeventh_IsRefusedInWords()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync(Path);
        for (int n = 1; n <= 6; n++)
            await Box(tab, n).CheckAsync();
        await Box(tab, 7).ClickAsync();
        await Assertions.Expect(Box(tab, 7)).Not.ToBeCheckedAsync();
        await Assertions.Expect(tab.Page.Locator("#compare [role=status]")).ToContainTextAsync("6 are the most");
        await Chip(tab, 1).ClickAsync();
        await Box(tab, 7).CheckAsync();
        await Assertions.Expect(Chips(tab)).ToHaveCountAsync(6);
    }

    private string Path => $"/sweeps/{sweep.Id}";

    private static ILocator Box(Tab tab, int number) => tab.Page.GetByLabel($"Compare experiment {number}", new() { Exact = true });

    private static ILocator Chips(Tab tab) => tab.Page.GetByRole(AriaRole.List, new() { Name = "Ticked experiments" }).GetByRole(AriaRole.Button);

    private static ILocator Chip(Tab tab, int number) => tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Do not compare experiment {number}", Exact = true });

    private static ILocator Compare(Tab tab) => tab.Page.GetByRole(AriaRole.Button, new() { Name = "Compare the ticked ones" });

    // The best have the lowest numbers; 61 runs.
    private Task<Site> StartAsync() => Site.StartAsync(async s =>
    {
        sweep = await FakeSweep.StartAsync(s.Store, FakeSweep.Define([.. Enumerable.Range(1, 61).Select(n => FakeSweep.Point(("preset", "dcgan"), ("lr_d", $"{n}e-6"), ("size", "16")))]));
        for (int n = 1; n <= 61; n++)
        {
            await sweep.BeginAsync(n);
            if (n <= 60)
                await sweep.EndAsync(n, 60_000, n);
        }
    });
}
