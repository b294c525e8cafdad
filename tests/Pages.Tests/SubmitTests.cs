using CatGan.Coordinator.Tests.Fakes;
using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>When a spec may be submitted.</summary>
public class SubmitTests(Browser browser)
{
    [Fact]
    public async Task Check_ThatComesLateAmidASubmission_DoesNotLetItBeSubmittedAgain()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        TaskCompletionSource submitted = new(), answered = new();
        await tab.Page.GotoAsync("/new");
        await tab.Page.GetByText("No faults.").WaitForAsync();
        await tab.Page.RouteAsync("**/specs/check*", async r =>
        {
            await submitted.Task;
            await r.ContinueAsync();
        });
        await tab.Page.RouteAsync("**/api/v1/sweeps", async r =>
        {
            submitted.SetResult();
            await answered.Task;
            await r.AbortAsync("connectionreset");
        });
        // The check of what is typed is under way when somebody presses Submit, which the one before it let them.
        Task<IResponse> check = tab.Page.WaitForResponseAsync("**/specs/check*");
        await tab.Page.RunAndWaitForRequestAsync(() => Editor(tab).PressSequentiallyAsync(" "), "**/specs/check*");
        await tab.Page.EvaluateAsync("document.getElementById('new').requestSubmit()");
        await (await check).FinishedAsync();
        await tab.Page.EvaluateAsync("new Promise(done => setTimeout(done, 100))");
        await Assertions.Expect(tab.Page.Locator("#verdict")).ToHaveTextAsync("Submitting …");
        await Assertions.Expect(Submit(tab)).ToBeDisabledAsync();
        answered.SetResult();
        await Assertions.Expect(Submit(tab)).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Page_ComeBackToAfterItsSubmission_SubmitsAnotherSweep()
    {
        List<string?> keys = [];
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync("/new");
        await tab.Page.RouteAsync("**/api/v1/sweeps", async r =>
        {
            keys.Add(r.Request.Headers.GetValueOrDefault("idempotency-key"));
            await r.FulfillAsync(new() { ContentType = "application/json", Body = """{"sweep":"mine-1"}""" });
        });
        // The browser stays where it is: as one that went there and back.
        await tab.Page.EvaluateAsync("navigation.addEventListener('navigate', e => e.preventDefault())");
        await tab.Page.RunAndWaitForResponseAsync(() => Submit(tab).ClickAsync(), "**/api/v1/sweeps");
        await Assertions.Expect(Submit(tab)).ToBeDisabledAsync();
        await tab.Page.EvaluateAsync("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        await Assertions.Expect(tab.Page.Locator("#verdict")).ToHaveTextAsync("No faults.");
        await tab.Page.RunAndWaitForResponseAsync(() => Submit(tab).ClickAsync(), "**/api/v1/sweeps");
        Assert.Equal(2, keys.Distinct().Count());
        Assert.Empty(tab.Faults);
    }

    private static ILocator Editor(Tab tab) => tab.Page.GetByLabel("The spec", new() { Exact = true });

    private static ILocator Submit(Tab tab) => tab.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" });

    private static Task<Site> StartAsync() => Site.StartAsync(async s =>
    {
        await Litter.WriteAsync(s.Store);
        s.Silo.Reachable = true;
        s.Silo.Script.Add(() => Statuses.Of(Abstractions.SweepPhase.Running));
    });
}
