using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>Who works on what, and what is broken.</summary>
public class ClusterTests(Browser browser)
{
    private const string Sweep = $"/sweeps/{Litter.Id}";

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Cluster_WithBrokenLoneBusyAndFreeSlots_TellsOfEach(int width)
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address, width: width);
        await tab.Page.GotoAsync("/cluster");
        ILocator slots = tab.Page.Locator(".slot");
        await Assertions.Expect(slots.Nth(0)).ToContainTextAsync("experiment 13 of Litter");
        await Assertions.Expect(slots.Nth(0)).ToContainTextAsync("20,000 images");
        await Assertions.Expect(slots.Nth(1)).ToContainTextAsync("3 experiments failed in a row, the last because: this machine's device gives errors.");
        await Assertions.Expect(slots.Nth(1)).ToContainTextAsync("09:30:00 UTC");
        await Assertions.Expect(slots.Nth(2)).ToContainTextAsync("alone");
        await Assertions.Expect(slots.Nth(3)).ToContainTextAsync("free");
        await Assertions.Expect(tab.Page.Locator("section", new() { HasText = "box-b" }).First).ToContainTextAsync("Kept for experiment 3 of litter-1 alone");
        await Assertions.Expect(tab.Page.Locator("#cluster")).ToContainTextAsync("2 of 4 busy");
        Assert.Empty(await tab.AxeAsync());
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Broke_WithABrokenWorker_NamesItAndWhatFailedOnIt()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"{Sweep}/broke");
        await Assertions.Expect(tab.Page.Locator("#workers")).ToContainTextAsync("box-a/cpu/1");
        await Assertions.Expect(tab.Page.Locator("#workers")).ToContainTextAsync("this machine's device gives errors");
        Assert.Empty(await tab.AxeAsync());
    }

    [Fact]
    public async Task Sweep_ThatAStoreHoldsUp_SaysWhyNothingStarts()
    {
        await using Site site = await StartAsync("No space left on device");
        await using Tab tab = await browser.OpenAsync(site.Address);
        foreach (string page in (string[])["", "/broke"])
        {
            await tab.Page.GotoAsync(Sweep + page);
            await Assertions.Expect(tab.Page.Locator("main").GetByRole(AriaRole.Alert).First).ToContainTextAsync("No space left on device");
        }
        Assert.Empty(await tab.AxeAsync());
    }

    private static Task<Site> StartAsync(string? hold = null) => Site.StartAsync(async s =>
    {
        await Litter.WriteAsync(s.Store);
        s.Silo.Reachable = true;
        s.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running, Statuses.Running(13, 20_000)) with { Hold = hold });
        SlotBreaker open = new(true, 3, new DateTimeOffset(2026, 5, 1, 9, 30, 0, TimeSpan.Zero), "this machine's device gives errors.");
        s.Silo.Pool = new(
            true,
            [
                Silo("box-a", null, new SlotView("box-a/cpu/0", new Assignment(Guid.Empty, Litter.Id, 13, "box-a/cpu/0"), null), new SlotView("box-a/cpu/1", null, open)),
                Silo("box-b", $"{Litter.Id}/3", new SlotView("box-b/cuda:0/0", new Assignment(Guid.Empty, Litter.Id, 3, "box-b/cuda:0/0", Alone: true), null), new SlotView("box-b/cuda:0/1", null, null)),
            ],
            [new ShareView(Litter.Id, 1, 2, 1)]);
    });

    private static SiloSlots Silo(string name, string? alone, params SlotView[] slots) => new()
    {
        Silo = name,
        Address = "127.0.0.1:11111@1",
        SeenAgo = TimeSpan.FromSeconds(1.2),
        Leaving = false,
        Alone = alone,
        Slots = [.. slots],
    };
}
