using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Tests.Results;
using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>Pages whose server is away for a while say so, and go on by themselves; what happened meanwhile is not lost.</summary>
public class ConnectionTests(Browser browser)
{
    private const string Sweep = $"/sweeps/{Litter.Id}";

    [Theory]
    [InlineData("/", "#sweeps")]
    [InlineData("/tags/small", "#ranking")]
    [InlineData("/cluster", "#cluster")]
    public async Task List_AnsweredByAFaultOnce_SaysSoAndAsksAgain(string path, string part)
    {
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.Clock.InstallAsync();
        await tab.Page.GotoAsync(path);
        await tab.Page.RouteAsync(url => new Uri(url).AbsolutePath == path, r => r.FulfillAsync(new() { Status = 503 }), new() { Times = 1 });
        await tab.Page.Locator(part).EvaluateAsync("e => e.setAttribute('data-old', '')");
        await tab.Page.Clock.FastForwardAsync(20_000);
        await Assertions.Expect(Trouble(tab)).ToContainTextAsync("The server answered 503");
        Assert.Empty(await tab.AxeAsync());
        await tab.Page.Clock.FastForwardAsync(60_000);
        await Assertions.Expect(Trouble(tab)).ToBeEmptyAsync();
        await Assertions.Expect(tab.Page.Locator(part)).Not.ToHaveAttributeAsync("data-old", "");
    }

    [Fact]
    public async Task Sweep_WhoseServerWentAndCameBack_SaysSoAndShowsWhatHappenedMeanwhile()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.FollowAsync(Sweep);
        await tab.Page.EvaluateAsync("window.loadedOnce = true");
        await site.GoAwayAsync();
        await Assertions.Expect(Trouble(tab)).ToContainTextAsync("No connection to the server");
        await sweep.EndAsync(13, 60_000, 5);
        await site.ComeBackAsync();
        await Assertions.Expect(tab.Page.Locator("#progress .big").First).ToHaveTextAsync("13");
        await Assertions.Expect(Trouble(tab)).ToBeEmptyAsync();
        Assert.True(await tab.Page.EvaluateAsync<bool>("window.loadedOnce"));
    }

    [Fact]
    public async Task Stream_AnsweredByAFaultOnce_IsAskedForAgain()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.RouteAsync(Tab.Events, r => r.FulfillAsync(new() { Status = 503 }), new() { Times = 1 });
        await tab.FollowAsync(Sweep);
        await sweep.EndAsync(13, 60_000, 5);
        await Assertions.Expect(tab.Page.Locator("#progress .big").First).ToHaveTextAsync("13");
        await Assertions.Expect(Trouble(tab)).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Stream_OfASessionThatIsOver_LeadsToSignIn()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s =>
        {
            key = await s.KeyAsync(AccessRole.Viewer);
            await Litter.WriteAsync(s.Store);
        });
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sign-in?return={Sweep}");
        await tab.Page.GetByLabel("Key").FillAsync(key);
        await tab.Page.RunAndWaitForResponseAsync(() => tab.Page.Keyboard.PressAsync("Enter"), Tab.Events);
        await tab.ShowAsync(hidden: true);
        await tab.Page.Context.ClearCookiesAsync();
        await tab.ShowAsync(hidden: false);
        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task Store_ThatCannotBeRead_IsToldUntilItCan()
    {
        TaskCompletionSource well = new();
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        int asked = 0;
        await tab.Page.RouteAsync(Tab.Events, async r =>
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                await r.FulfillAsync(new() { ContentType = "text/event-stream", Body = "event: fault\ndata: {\"detail\":\"the disk has gone\"}\n\n" });
                return;
            }
            await well.Task;
            await r.ContinueAsync();
        });
        await tab.Page.GotoAsync(Sweep);
        await Assertions.Expect(Trouble(tab)).ToContainTextAsync("the disk has gone");
        well.SetResult();
        await Assertions.Expect(Trouble(tab)).ToBeEmptyAsync();
    }

    [Theory]
    [InlineData("", "#progress .big >> nth=0", "13")]
    [InlineData("/why", "#repeated .repeat:has(a:text-is('13'))", "5.00")]
    [InlineData("/broke", "#log tbody tr:has(a:text-is('13')) >> nth=0", "ended")]
    [InlineData("/experiments/13", "#progress .big >> nth=0", "5.00")]
    public async Task Page_OpenedBehindAndSeenLater_ShowsWhatHappenedMeanwhile(string page, string part, string words)
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.BehindAsync();
        await tab.Page.GotoAsync(Sweep + page);
        await Assertions.Expect(tab.Page.Locator(part)).Not.ToContainTextAsync(words);
        await sweep.EndAsync(13, 60_000, 5);
        await tab.ShowAsync(hidden: false);
        await Assertions.Expect(tab.Page.Locator(part)).ToContainTextAsync(words);
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task LastEvent_BetweenThePageAndItsStream_IsNotMissed()
    {
        TaskCompletionSource ended = new();
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.RouteAsync(Tab.Events, async r =>
        {
            await ended.Task;
            await r.ContinueAsync();
        });
        await tab.Page.GotoAsync(Sweep);
        await tab.Page.Locator("#course[data-drawn='1']").WaitForAsync();
        await sweep.EndAsync(13, 60_000, 5);
        ended.SetResult();
        await Assertions.Expect(tab.Page.Locator("#progress .big").First).ToHaveTextAsync("13");
        await Assertions.Expect(tab.Page.Locator("#latest")).ToContainTextAsync("Experiment 13 ended");
        await tab.Page.Locator("#course[data-drawn='2']").WaitForAsync();
        Assert.Empty(tab.Faults);
    }

    private static ILocator Trouble(Tab tab) => tab.Page.Locator("#trouble[role=status]");
}
