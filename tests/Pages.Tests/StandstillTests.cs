using CatGan.Abstractions;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Pages.Tests.Support;
using CatGan.Search;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>What stands still, and what a person may do about it.</summary>
public class StandstillTests(Browser browser)
{
    [Fact]
    public async Task Sweep_WhoseSilosAreGone_CanBeResumed()
    {
        await using Site site = await StartAsync(reachable: false);
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}");
        await Assertions.Expect(tab.Page.Locator("#faults")).ToContainTextAsync($"catgan resume {Litter.Id}");
        ILocator resume = tab.Page.Locator("#sweep-buttons").GetByRole(AriaRole.Button, new() { Name = "Resume" });
        await resume.ClickAsync();
        Assert.Empty(await tab.AxeAsync());
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#toasts")).ToContainTextAsync("the sweep goes on");
        Assert.Equal(["resume"], site.Silo.Calls);
        // A silo answers now.
        await Assertions.Expect(resume).ToHaveCountAsync(0);
        await Assertions.Expect(tab.Page.Locator("#faults")).Not.ToContainTextAsync("No silo answers");
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Experiment_ThatWaits_CanBePaused()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}/experiments/14");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#toasts")).ToContainTextAsync("done");
        Assert.Equal(new PauseExperiment(14), Assert.Single(site.Silo.Commands));
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Experiment_PausedByAPerson_CanBeResumedAlone()
    {
        await using Site site = await StartAsync(s => s.ApplyAsync(t => new ExperimentPauseRequested(t, 14)));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}/experiments/14");
        await Assertions.Expect(tab.Page.Locator("#experiment-buttons > button")).ToHaveTextAsync(["Resume", "Cancel"]);
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}/experiments/1");
        await Assertions.Expect(tab.Page.Locator("#experiment-buttons > button")).ToHaveCountAsync(0);
    }

    private static Task<Site> StartAsync(Func<FakeSweep, Task>? more = null, bool reachable = true) => Site.StartAsync(async s =>
    {
        FakeSweep sweep = await Litter.WriteAsync(s.Store);
        await (more?.Invoke(sweep) ?? Task.CompletedTask);
        s.Silo.Reachable = reachable;
        s.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running, Statuses.Running(13, 20_000)));
    });
}
