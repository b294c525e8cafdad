using CatGan.Abstractions;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
using CatGan.Pages.Tests.Support;
using CatGan.Search;
using CatGan.Web.Tests.Support;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

/// <summary>A sweep's note, which several people may write.</summary>
public class NoteTests(Browser browser)
{
    private FakeSweep sweep = null!;

    [Fact]
    public async Task Note_Emptied_IsTakenAway()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await OpenAsync(site);
        await Note(tab).FillAsync("");
        Assert.Equal("", (await SaveAsync(site, tab)).Note);
    }

    [Fact]
    public async Task Note_LeftAsItWas_IsNotSentBesideATag()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await OpenAsync(site);
        await tab.Page.GetByLabel("Tags to add").FillAsync("good");
        TagSweep sent = await SaveAsync(site, tab);
        Assert.Equal(["good"], sent.Add);
        Assert.Null(sent.Note);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/why")]
    public async Task Note_WrittenBySomebodyElse_AppearsAndIsNotWrittenOver(string page)
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.FollowAsync($"/sweeps/{Litter.Id}{page}");
        await Assertions.Expect(tab.Page.Locator("#note")).ToHaveTextAsync(" · For the pages.");
        await sweep.ApplyAsync(t => new TagsChanged(t, ["small"], "By somebody else."));
        await Assertions.Expect(tab.Page.Locator("#note")).ToHaveTextAsync(" · By somebody else.");
        await AskAsync(tab);
        await Assertions.Expect(Note(tab)).ToHaveValueAsync("By somebody else.");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Group, new() { Name = "Tags to remove" }).GetByRole(AriaRole.Checkbox)).ToHaveAccessibleNameAsync("small");
        await tab.Page.GetByLabel("Tags to add").FillAsync("good");
        Assert.Null((await SaveAsync(site, tab)).Note);
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Note_BeingWritten_StaysWhileThePageRenewsItself()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await OpenAsync(site);
        await Note(tab).FillAsync("Mine.");
        await sweep.ApplyAsync(t => new TagsChanged(t, ["small"], "By somebody else."));
        await Assertions.Expect(tab.Page.Locator("#note")).ToHaveTextAsync(" · By somebody else.");
        await Assertions.Expect(Note(tab)).ToHaveValueAsync("Mine.");
        Assert.Equal("Mine.", (await SaveAsync(site, tab)).Note);
    }

    [Fact]
    public async Task Tag_WithASpace_CanBeAddedAndTakenAway()
    {
        await using Site site = await StartAsync();
        await sweep.ApplyAsync(t => new TagsChanged(t, ["night run", "small"]));
        await using Tab tab = await OpenAsync(site);
        Assert.Empty(await tab.AxeAsync());
        await tab.Page.GetByLabel("Tags to add").FillAsync("day run, good");
        await tab.Page.GetByLabel("night run", new() { Exact = true }).CheckAsync();
        TagSweep sent = await SaveAsync(site, tab);
        Assert.Equal(["day run", "good"], sent.Add);
        Assert.Equal(["night run"], sent.Remove);
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Tags_ChangedBySomebodyElse_KeepWhatIsTickedAndTyped()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await OpenAsync(site);
        await tab.Page.GetByLabel("test", new() { Exact = true }).CheckAsync();
        await Note(tab).FillAsync("Mine.");
        await sweep.ApplyAsync(t => new TagsChanged(t, ["test"]));
        await Assertions.Expect(tab.Page.Locator("#tags")).Not.ToContainTextAsync("small");
        await Assertions.Expect(tab.Page.GetByLabel("test", new() { Exact = true })).ToBeCheckedAsync();
        await Assertions.Expect(Note(tab)).ToHaveValueAsync("Mine.");
    }

    private static ILocator Note(Tab tab) => tab.Page.Locator("textarea[name=note]");

    private Task<Site> StartAsync() => Site.StartAsync(async s =>
    {
        sweep = await Litter.WriteAsync(s.Store);
        s.Silo.Reachable = true;
        s.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running));
    });

    private async Task<Tab> OpenAsync(Site site)
    {
        Tab tab = await browser.OpenAsync(site.Address);
        await tab.FollowAsync($"/sweeps/{Litter.Id}");
        await AskAsync(tab);
        return tab;
    }

    private static async Task AskAsync(Tab tab)
    {
        await tab.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Tags and note" }).ClickAsync();
    }

    private static async Task<TagSweep> SaveAsync(Site site, Tab tab)
    {
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#toasts")).ToContainTextAsync("done");
        return Assert.IsType<TagSweep>(Assert.Single(site.Silo.Commands));
    }
}
