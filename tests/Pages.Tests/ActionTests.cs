using CatGan.Abstractions;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>What a person does, asked for and confirmed.</summary>
public class ActionTests(Browser browser)
{
    [Fact]
    public async Task Pause_Confirmed_ReachesTheSweep()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        ILocator dialog = tab.Page.GetByRole(AriaRole.Dialog);
        Assert.Empty(await tab.AxeAsync());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Leave it" }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        Assert.Empty(site.Silo.Commands);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#toasts")).ToContainTextAsync("done");
        Assert.IsType<PauseSweep>(Assert.Single(site.Silo.Commands));
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Extend_Refused_IsToldInTheDialog()
    {
        await using Site site = await StartAsync();
        site.Silo.OnCommand = _ => new(null, "The budget is 60,000 images already.");
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}");
        await tab.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Extend" }).ClickAsync();
        await tab.Page.GetByLabel("Images of each experiment").FillAsync("70000");
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Extend" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert)).ToContainTextAsync("60,000 images already");
        Assert.Equal(new ExtendSweep(70_000, null, null), Assert.Single(site.Silo.Commands));
    }

    [Fact]
    public async Task Spec_WithAFault_ShowsItAtItsLineAndIsNotSubmitted()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync("/new");
        await tab.Page.GetByText("No faults.").WaitForAsync();
        ILocator editor = tab.Page.GetByLabel("The spec", new() { Exact = true });
        await editor.FillAsync((await editor.InputValueAsync()).Replace("sampler: grid", "sampler: gird", StringComparison.Ordinal));
        await Assertions.Expect(tab.Page.Locator("#lines .bad")).ToHaveTextAsync("7");
        await Assertions.Expect(tab.Page.Locator("#faults")).ToContainTextAsync("grid");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" })).ToBeDisabledAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "line 7" }).ClickAsync();
        Assert.StartsWith("gird", await editor.EvaluateAsync<string>("e => e.value.slice(e.selectionStart)"));
        Assert.Empty(await tab.AxeAsync());
    }

    private static Task<Site> StartAsync() => Site.StartAsync(async s =>
    {
        await Litter.WriteAsync(s.Store);
        s.Silo.Reachable = true;
        s.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running, Statuses.Running(13, 20_000)));
    });
}
