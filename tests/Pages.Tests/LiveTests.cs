using CatGan.Abstractions;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>Pages follow what happens without a reload, and a hidden tab asks for nothing.</summary>
public class LiveTests(Browser browser)
{
    private const string Zoom = "import('/lib/echarts.esm.min.js').then(e => e.getInstanceByDom(document.getElementById('trend')).getOption().dataZoom[0].start)";
    private const string Line = "import('/lib/echarts.esm.min.js').then(e => e.getInstanceByDom(document.getElementById('course')).getOption().series.find(s => s.id === 'e1').data[0][1])";

    [Fact]
    public async Task Sweep_WhoseExperimentEnds_ShowsItWithoutReload()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.FollowAsync($"/sweeps/{Litter.Id}");
        await Assertions.Expect(tab.Page.Locator("#progress .big").First).ToHaveTextAsync("12");
        await tab.Page.EvaluateAsync("window.loadedOnce = true");
        await tab.Page.GetByLabel("Compare experiment 1", new() { Exact = true }).CheckAsync();

        await sweep.EndAsync(13, 60_000, 5);

        await Assertions.Expect(tab.Page.Locator("#progress .big").First).ToHaveTextAsync("13");
        await Assertions.Expect(tab.Page.Locator("#latest")).ToContainTextAsync("Experiment 13 ended");
        await Assertions.Expect(tab.Page.Locator("#progress a")).ToHaveTextAsync("experiment 13");
        await tab.Page.Locator("#course[data-drawn='2']").WaitForAsync();
        Assert.True(await tab.Page.EvaluateAsync<bool>("window.loadedOnce"));
        Assert.True(await tab.Page.GetByLabel("Compare experiment 1", new() { Exact = true }).IsCheckedAsync(), "what a person ticked stays");
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Sweep_BeforeItsFirstRung_DrawsTheQuickScoresThatCome()
    {
        FakeSweep sweep = null!;
        long images = 0;
        await using Site site = await Site.StartAsync(async s =>
        {
            sweep = await FakeSweep.StartAsync(s.Store, FakeSweep.Define([FakeSweep.Point(("preset", "dcgan"), ("size", "16"))]));
            await sweep.BeginAsync(1);
            s.Silo.Reachable = true;
            s.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running, Statuses.Running(1, images += 100)));
        });
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.FollowAsync($"/sweeps/{sweep.Id}");
        await tab.Page.Locator("#course[data-drawn='1']").WaitForAsync();
        // What a silo does between rungs: a line of the curve, and no event.
        await sweep.CurveAsync(1, 1, FakeSweep.Report(2_000, 90));
        await tab.Page.Locator("#course[data-drawn='2']").WaitForAsync();
        Assert.Equal(90, await tab.Page.EvaluateAsync<double>(Line));
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Tab_ThatIsHidden_ClosesItsStreamAndGoesOnAfterTheLastEvent()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.FollowAsync($"/sweeps/{Litter.Id}");
        (TrackedSweep tracked, _) = await site.Service<SweepBoard>().GetAsync(Litter.Id, CancellationToken.None);
        await sweep.RungAsync(13, 20_000, 50);
        await Assertions.Expect(tab.Page.Locator("#latest")).ToContainTextAsync("Experiment 13 was scored");

        await tab.ShowAsync(hidden: true);
        await Eventually.TrueAsync(() => Task.FromResult(!tracked.Watch.IsWatched));
        await sweep.EndAsync(13, 60_000, 5);

        Microsoft.Playwright.IRequest again = await tab.Page.RunAndWaitForRequestAsync(() => tab.ShowAsync(hidden: false), Tab.Events);
        Assert.Matches(@"\?after=\d+\.\d+$", Uri.UnescapeDataString(again.Url));
        await Assertions.Expect(tab.Page.Locator("#progress .big").First).ToHaveTextAsync("13");
        await Assertions.Expect(tab.Page.Locator("#latest")).ToContainTextAsync("Experiment 13 ended");
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task ScreenReader_OfABusySweep_HearsTheFirstEventAndThenASummary()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        // The clock stands still but for what is said below.
        await tab.Page.Clock.InstallAsync(new() { TimeDate = DateTime.UnixEpoch });
        await tab.Page.Clock.PauseAtAsync(DateTime.UnixEpoch.AddMinutes(1));
        await tab.FollowAsync($"/sweeps/{Litter.Id}");
        ILocator heard = tab.Page.Locator("#latest + [role=status]"), seen = tab.Page.Locator("#latest");
        await sweep.RungAsync(13, 20_000, 50);
        await Assertions.Expect(seen).ToContainTextAsync("20,000");
        await tab.Page.Clock.FastForwardAsync(1_000);
        await Assertions.Expect(heard).ToHaveTextAsync("Experiment 13 was scored at 20,000 images.");
        await sweep.RungAsync(13, 40_000, 40);
        await sweep.EndAsync(13, 60_000, 30);
        await Assertions.Expect(seen).ToContainTextAsync("Experiment 13 ended");
        await tab.Page.Clock.FastForwardAsync(5_000);
        await Assertions.Expect(heard).ToHaveTextAsync("Experiment 13 was scored at 20,000 images.");
        await tab.Page.Clock.FastForwardAsync(20_000);
        await Assertions.Expect(heard).ToHaveTextAsync("Experiment 13 ended: completed. 1 more before it.");
        Assert.Equal(0, await seen.Locator("xpath=self::*[@aria-live]").CountAsync());
    }

    [Fact]
    public async Task Chart_ZoomedIn_StaysSoWhenSomethingHappens()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.FollowAsync($"/sweeps/{Litter.Id}");
        await tab.Page.Locator("#trend[data-drawn='1']").HoverAsync();
        // The wheel alone is the page's: it scrolls, and the chart stays as it is.
        await tab.Page.Mouse.WheelAsync(0, 120);
        await Eventually.TrueAsync(async () => await tab.Page.EvaluateAsync<double>("scrollY") > 0);
        Assert.Equal(0, await tab.Page.EvaluateAsync<double>(Zoom));
        await tab.Page.Locator("#trend").HoverAsync();
        await tab.Page.Keyboard.DownAsync("Control");
        await tab.Page.Mouse.WheelAsync(0, -240);
        await tab.Page.Keyboard.UpAsync("Control");
        await Eventually.TrueAsync(async () => await tab.Page.EvaluateAsync<double>(Zoom) > 0);
        double before = await tab.Page.EvaluateAsync<double>(Zoom);
        await sweep.EndAsync(13, 60_000, 5);
        await tab.Page.Locator("#trend[data-drawn='2']").WaitForAsync();
        Assert.Equal(before, await tab.Page.EvaluateAsync<double>(Zoom), 3);
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Experiment_WhoseFirstSamplesCome_ShowsThemWithoutReload()
    {
        FakeSweep sweep = null!;
        await using Site site = await Site.StartAsync(async s => sweep = await Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.FollowAsync($"/sweeps/{Litter.Id}/experiments/13");
        await Assertions.Expect(tab.Page.Locator("#samples")).ToContainTextAsync("No samples yet");
        await tab.Page.EvaluateAsync("window.loadedOnce = true");
        await sweep.SamplesAsync(13, 0, 1, Litter.Picture(20));
        await sweep.SamplesAsync(13, 20_000, 1, Litter.Picture(120));
        await sweep.RungAsync(13, 20_000, 50);
        await tab.Page.Locator("#slider[data-images='20000']").WaitForAsync();
        await tab.Page.Locator("#slider").PressAsync("Home");
        await Assertions.Expect(tab.Page.Locator("#sample")).ToHaveAttributeAsync("src", $"/api/v1/sweeps/{Litter.Id}/experiments/13/samples/0-1.png");
        await tab.Page.GetByText("Nearest real pictures").ClickAsync();
        await tab.Page.Locator(".near figure").First.WaitForAsync();
        Assert.True(await tab.Page.EvaluateAsync<bool>("window.loadedOnce"));
        Assert.Empty(tab.Faults);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/cluster")]
    public async Task Tab_ThatIsHidden_OfAListAsksForNothing(string path)
    {
        await using Site site = await Site.StartAsync(s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.Clock.InstallAsync();
        await tab.Page.GotoAsync(path);
        await tab.ShowAsync(hidden: true);
        int asked = 0;
        tab.Page.Request += (_, request) => Interlocked.Add(ref asked, request.ResourceType == "fetch" ? 1 : 0);
        for (int minute = 0; minute < 10; minute++)
            await tab.Page.Clock.FastForwardAsync(60_000);
        Assert.Equal(0, asked);
        Task<Microsoft.Playwright.IRequest> request = tab.Page.WaitForRequestAsync("**" + path);
        await tab.ShowAsync(hidden: false);
        await tab.Page.Clock.FastForwardAsync(10_000);
        await request;
    }
}
