using CatGan.Abstractions;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Tests.Results;
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
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Dialog_ByKeyboard_HoldsTheFocusAndGivesItBack()
    {
        await using Site site = await StartAsync();
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.querySelector('dialog[open]').contains(document.activeElement)"));
        await tab.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeFocusedAsync();

        // From a menu, which is shut when its dialog closes.
        await tab.Page.GetByText("More", new() { Exact = true }).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Tags and note" }).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByLabel("Tags to add")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("good, better");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("#toasts")).ToContainTextAsync("done");
        await Assertions.Expect(tab.Page.Locator("details.menu > summary")).ToBeFocusedAsync();
        Assert.Equal(["good", "better"], Assert.IsType<TagSweep>(Assert.Single(site.Silo.Commands)).Add);
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Clone_OfASweep_BeginsWithItsSpecAndIsAnotherSweep()
    {
        await using Site site = await StartAsync();
        await Storage.BlobStoreExtensions.WriteTextAsync(site.Store, StoreLayout.Spec(Litter.Id), "name: cats\ndataset: builtin:drawn-cats?count=64\nbudget: {images: 4000}\nparameters: {preset: dcgan, size: 16}\n");
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Clone" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Clone of Litter");
        await tab.Page.GetByText("No faults.").WaitForAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Eventually.TrueAsync(() => Task.FromResult(site.Silo.Submitted is not null));
        Assert.Equal("cats", FakeSilo.Definition(site.Silo).Name);
        Assert.NotEqual(Litter.Id, site.Silo.Id);
    }

    [Fact]
    public async Task Checkpoint_PinnedAndMoreCatsGenerated_AskFirstAndTellWhatWasDone()
    {
        await using Site site = await StartAsync(s => s.CheckpointAsync(13, 20_000));
        await Storage.BlobStoreExtensions.WriteTextAsync(site.Store, "sweeps/litter-1/experiments/13/checkpoints/000000020000-1-aa.safetensors", "weights");
        site.Silo.Job = async _ =>
        {
            await Storage.BlobStoreExtensions.WriteBytesAsync(site.Store, "made.png", Litter.Picture(90));
            return "made.png";
        };
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}/experiments/13");
        await tab.Page.Locator("#checkpoints").GetByRole(AriaRole.Button, new() { Name = "Pin" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Pin" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#toasts")).ToContainTextAsync("done");
        Assert.Equal(20_000, Assert.IsType<PinCheckpoint>(Assert.Single(site.Silo.Commands)).Images);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Generate more" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Generate" }).ClickAsync();
        ILocator picture = tab.Page.GetByAltText("Generated cats");
        await Assertions.Expect(picture).ToBeVisibleAsync();
        Assert.True(await picture.EvaluateAsync<bool>("i => i.decode().then(() => i.naturalWidth > 0)"));
        Assert.Empty(tab.Faults);
    }

    private static Task<Site> StartAsync(Func<FakeSweep, Task>? more = null) => Site.StartAsync(async s =>
    {
        FakeSweep sweep = await Litter.WriteAsync(s.Store);
        await (more?.Invoke(sweep) ?? Task.CompletedTask);
        s.Silo.Reachable = true;
        s.Silo.Script.Add(() => Statuses.Of(SweepPhase.Running, Statuses.Running(13, 20_000)));
    });
}
