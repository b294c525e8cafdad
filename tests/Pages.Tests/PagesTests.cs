using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>What must hold of every page: it can be read by all, and nothing goes wrong in it.</summary>
public class PagesTests(Browser browser)
{
    private const string Sweep = $"/sweeps/{Litter.Id}";

    private static readonly (string Path, string Ready)[] All =
    [
        ("/", "#sweeps tr[data-key]"),
        ("/tags/small", "#ranking tr[data-key]"),
        (Sweep, "#trend[data-drawn='1']"),
        ($"{Sweep}?search=diverged", "#trend[data-drawn='1']"),
        ($"{Sweep}/why", "#repeats[data-drawn='1']"),
        ($"{Sweep}/broke", "#timeline[data-drawn='1']"),
        ($"{Sweep}/broke?verdict=diverged", "#timeline[data-drawn='1']"),
        ($"{Sweep}/spec", "pre"),
        ($"{Sweep}/experiments/1", "#slider[data-images]"),
        ($"{Sweep}/experiments/3", "#speed[data-drawn='1']"),
        ($"{Sweep}/experiments/1/logs/1", "#text"),
        ($"/compare?sweep={Litter.Id}&experiment=1&experiment=2&experiment=7", "#losses[data-drawn='1']"),
        ("/new", "#verdict:text('No faults.')"),
        ("/cluster", "#cluster"),
        ("/sign-in", "input[name=key]"),
    ];

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task EveryPage_InEveryTheme_IsAccessibleQuietAndFits(ColorScheme scheme, int width)
    {
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address, scheme, width);
        await tab.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        List<string> wrong = [];
        foreach ((string path, string ready) in All)
        {
            IResponse? answer = await tab.Page.GotoAsync(path);
            Assert.True(answer!.Ok, $"{path} answered {answer.Status}");
            await tab.Page.Locator(ready).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            wrong.AddRange((await tab.AxeAsync()).Select(v => $"{path}: {v}"));
            if (await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var over)
                wrong.Add($"{path}: {over} pixels wider than the window");
            if (await tab.Page.EvaluateAsync<int>("document.getAnimations().length") is > 0 and var moving)
                wrong.Add($"{path}: {moving} things move, though the person wants little motion");
        }
        Assert.Empty(wrong);
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Watchers_OfThesePages_SeeAFaultThatIsPutThere()
    {
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync("/");
        await tab.Page.EvaluateAsync("document.getElementById('main').append(document.createElement('img'), Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))");
        Assert.Contains(await tab.AxeAsync(), v => v.StartsWith("image-alt", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => Task.FromResult(tab.Faults.Any(f => f.Contains("CSP: script-src", StringComparison.Ordinal))));
        Assert.Null(await tab.Page.EvaluateAsync<bool?>("window.ran ?? null"));
    }

    [Theory]
    [InlineData("/sweeps/nothing", "there is no sweep nothing")]
    [InlineData("/nowhere", "nothing is at /nowhere")]
    [InlineData($"{Sweep}/experiments/99", "there is no experiment 99 in")]
    public async Task WhatIsNotThere_AskedForByAPerson_IsToldOnAPage(string path, string words)
    {
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        IResponse? answer = await tab.Page.GotoAsync(path);
        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(tab.Page.Locator("main")).ToContainTextAsync(words);
        Assert.Empty(await tab.AxeAsync());
    }

    [Fact]
    public async Task Theme_Switched_StaysOnTheNextPage()
    {
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync("/");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Use dark colours" }).ClickAsync();
        await tab.Page.GotoAsync("/cluster");
        Assert.Equal("dark", await tab.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme"));
    }

    [Fact]
    public async Task Keyboard_Alone_ReachesContentAndSlides()
    {
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"{Sweep}/experiments/1");
        await tab.Page.Locator("#slider[data-images='60000']").WaitForAsync();
        await tab.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await tab.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await tab.Page.Keyboard.PressAsync("Enter");
        for (int tabs = 0; await tab.Page.EvaluateAsync<string>("document.activeElement.id") != "slider"; tabs++)
        {
            Assert.True(tabs < 30, "the slider is not among the first 30 stops of the keyboard");
            await tab.Page.Keyboard.PressAsync("Tab");
        }
        await tab.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(tab.Page.Locator("#sample")).ToHaveAttributeAsync("src", $"/api/v1/sweeps/{Litter.Id}/experiments/1/samples/40000-1.png");
        Assert.Equal("40,000 images", await tab.Page.Locator("#slider").GetAttributeAsync("aria-valuetext"));
    }

    [Fact]
    public async Task Experiment_OfDrawnCats_ShowsItsSamplesBesideRealOnes()
    {
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"{Sweep}/experiments/1");
        ILocator real = tab.Page.GetByAltText("Real pictures of builtin:drawn-cats");
        Assert.True(await real.EvaluateAsync<bool>("i => i.decode().then(() => i.naturalWidth > 0)"));
        LocatorBoundingBoxResult? mine = await tab.Page.Locator("#sample").BoundingBoxAsync(), its = await real.BoundingBoxAsync();
        Assert.Equal(mine!.Y, its!.Y, 1.0);
        Assert.True(its.X > mine.X + mine.Width - 1, "they stand beside each other");
    }

    [Fact]
    public async Task Scripts_AskedForPacked_ArePackedAndPagesAreNot()
    {
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        (string Name, string Value) packed = ("Accept-Encoding", "gzip");
        Assert.Equal("gzip", (await site.SendAsync(HttpMethod.Get, "/lib/echarts.esm.min.js", headers: packed)).Headers["Content-Encoding"]);
        Assert.Equal("gzip", (await site.SendAsync(HttpMethod.Get, $"/api/v1{Sweep}/course", headers: packed)).Headers["Content-Encoding"]);
        Assert.False((await site.SendAsync(HttpMethod.Get, "/sign-in", headers: packed)).Headers.ContainsKey("Content-Encoding"), "a page may hold what a request has said beside a secret");
    }
}
