using CatGan.Coordinator.Keys;
using CatGan.Pages.Tests.Support;
using CatGan.Web.Tests.Support;
using CatGan.Web.Tests.Support.OpenId;
using Microsoft.Playwright;

namespace CatGan.Pages.Tests;

public class SignInTests(Browser browser)
{
    [Fact]
    public async Task SignIn_WithAWrongKeyThenTheRightOne_LeadsToThePageAskedFor()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s =>
        {
            key = await s.KeyAsync(AccessRole.Viewer);
            await Litter.WriteAsync(s.Store);
        });
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}/why");
        await Assertions.Expect(tab.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
        Assert.Empty(await tab.AxeAsync());

        await tab.Page.GetByLabel("Key").FillAsync("catgan_wrong");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not known");

        await tab.Page.GetByLabel("Key").FillAsync(key);
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Litter");
        Assert.EndsWith($"/sweeps/{Litter.Id}/why", tab.Page.Url);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(tab.Page).ToHaveURLAsync(new Uri(site.Address, "/sign-in").ToString());
        await tab.Page.GotoAsync("/");
        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task SignIn_AtAProviderOfAnotherSite_LeadsToThePageAskedForAndSignOutBack()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        provider.Asks = true;
        await using Site site = await OpenIdSite.StartAsync(provider, s => Litter.WriteAsync(s.Store));
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sweeps/{Litter.Id}/why");
        Assert.Empty(await tab.AxeAsync());
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Cat University" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "I am Tom Cat" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Litter");
        Assert.EndsWith($"/sweeps/{Litter.Id}/why", tab.Page.Url);
        await Assertions.Expect(tab.Page.Locator(".who")).ToHaveTextAsync("Tom Cat");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(tab.Page).ToHaveURLAsync(new Uri(site.Address, "/sign-in").ToString());
        await tab.Page.GotoAsync("/");
        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        Assert.Empty(tab.Faults);
    }

    [Fact]
    public async Task Viewer_OfASweep_SeesNothingToDoAndMayNotSubmit()
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s =>
        {
            key = await s.KeyAsync(AccessRole.Viewer);
            await Litter.WriteAsync(s.Store);
        });
        await using Tab tab = await browser.OpenAsync(site.Address);
        await tab.Page.GotoAsync($"/sign-in?return=/sweeps/{Litter.Id}");
        await tab.Page.GetByLabel("Key").FillAsync(key);
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Litter");
        Assert.Equal(0, await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).CountAsync());
        Assert.Equal(0, await tab.Page.Locator("dialog").CountAsync());
        IResponse? answer = await tab.Page.GotoAsync("/new");
        Assert.Equal(403, answer!.Status);
        await Assertions.Expect(tab.Page.Locator("main")).ToContainTextAsync("role does not allow this");
    }
}
