using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>A person's whole way in a browser, against a real silo process that trains.</summary>
public class JourneyTests(Browser browser)
{
    // What a silo's process may take to start, to train up to a rung and to stop, on a machine that does much else besides.
    private const int Silo = 120_000;

    private const string Spec = """
        name: tiny
        dataset: builtin:drawn-cats?count=128
        budget: {images: 20_000_000}
        parameters:
          preset: {choice: [dcgan, lsgan]}
          size: 16
          hidden: 2
          z: 8
          batch: 16
        rungs: [1600, 3200, 6400, 12_800, 25_600, 51_200, 102_400, 204_800]
        report_every: 800
        checkpoint_every: 1600
        samples_every: 800
        """;

    [Fact]
    public async Task Sweep_InABrowser_IsSubmittedWatchedOpenedSlidComparedAndCancelled()
    {
        await using Site site = await Site.StartAsync(s =>
        {
            s.RealSilo = true;
            return Task.CompletedTask;
        });
        await using Tab tab = await browser.OpenAsync(site.Address);
        IPage page = tab.Page;
        page.SetDefaultTimeout(Silo);

        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "New sweep" }).ClickAsync();
        await page.GetByLabel("The spec", new() { Exact = true }).FillAsync(Spec);
        await page.GetByText("No faults.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("tiny", new() { Timeout = Silo });

        await page.Locator("#running tr[data-key]").First.WaitForAsync();
        await page.EvaluateAsync("window.loadedOnce = true");
        await Assertions.Expect(page.Locator("#latest")).ToContainTextAsync("was scored at", new() { Timeout = Silo });
        await page.Locator("#ranking tbody td:nth-child(4):text-matches('^[0-9]+(\\\\.[0-9]+)?$')").First.WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.loadedOnce"), "watching took a reload");

        string sweep = page.Url;
        await page.Locator("#running th a").First.ClickAsync();
        ILocator slider = page.Locator("#slider");
        await page.Locator("#slider[data-images]:not([max='0'])").WaitForAsync();
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(page.Locator("#at")).ToHaveTextAsync("0 images");
        string first = (await page.Locator("#sample").GetAttributeAsync("src"))!;
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(page.Locator("#sample")).Not.ToHaveAttributeAsync("src", first);
        Assert.True(await page.Locator("#sample").EvaluateAsync<bool>("i => i.decode().then(() => i.naturalWidth > 0)"));

        await page.GotoAsync(sweep);
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare the 2 variants" }).Or(page.GetByRole(AriaRole.Button, new() { Name = "Compare the ticked ones" })).First.WaitForAsync();
        await page.GetByLabel("Compare experiment 1").CheckAsync();
        await page.GetByLabel("Compare experiment 2").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare the ticked ones" }).ClickAsync();
        await page.Locator("#slider[data-images]:not([max='0'])").WaitForAsync();
        await page.Locator("#slider").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        foreach (ILocator image in await page.Locator("#tracks img").AllAsync())
            await Assertions.Expect(image).ToHaveAttributeAsync("src", new System.Text.RegularExpressions.Regex("/samples/0-1.png$"));

        await page.GotoAsync(sweep);
        await page.GetByText("More", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the sweep" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why").FillAsync("seen enough");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel the sweep" }).ClickAsync();
        await Assertions.Expect(page.Locator("#state")).ToContainTextAsync("cancelled", new() { Timeout = Silo });
        await Assertions.Expect(page.Locator("#faults")).ToContainTextAsync("seen enough");
        Assert.Empty(tab.Faults);
    }
}
