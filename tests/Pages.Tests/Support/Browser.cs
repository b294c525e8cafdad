using System.Text.Json;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(CatGan.Pages.Tests.Support.Browser))]

namespace CatGan.Pages.Tests.Support;

/// <summary>Debian's Chromium without a window, started once for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium-headless-shell";

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        // Of the process, as the library has it: longer than its 5 seconds, for machines that are busy.
        Assertions.SetDefaultExpectTimeout(30_000);
        // Chromium's sandbox is not for root, as whom containers run tests.
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox"] });
    }

    /// <summary>A page of a fresh session at a site; what its console says against it is kept.</summary>
    internal async Task<Tab> OpenAsync(Uri site, ColorScheme scheme = ColorScheme.Light, int width = 1280, string? zone = null)
    {
        IBrowserContext context = await browser.NewContextAsync(new() { BaseURL = site.ToString(), ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, TimezoneId = zone });
        context.SetDefaultTimeout(30_000);
        // Before anything of the page: what the policy forbids is told on the console too, but not always.
        await context.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', e => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI}`))");
        return new(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}

/// <summary>A tab with what went wrong in it.</summary>
internal sealed class Tab : IAsyncDisposable
{
    /// <summary>The streams of sweeps.</summary>
    public const string Events = "**/events*";

    private readonly IBrowserContext context;
    private readonly List<string> faults = [];

    public Tab(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => Add($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts and of the console, violations of the content security policy among them.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (faults)
                return [.. faults];
        }
    }

    /// <summary>What axe finds serious or critical.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        // Playwright evaluates outside of the page's policy.
        await Page.EvaluateAsync(await File.ReadAllTextAsync(AxePath()) + "; null");
        JsonElement found = await Page.EvaluateAsync<JsonElement>("axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations)");
        return
        [
            .. found.EnumerateArray().Where(v => v.GetProperty("impact").GetString() is "serious" or "critical")
                .SelectMany(v => v.GetProperty("nodes").EnumerateArray().Select(n => $"{v.GetProperty("id").GetString()}: {n.GetProperty("html").GetString()}: {n.GetProperty("failureSummary").GetString()}")),
        ];
    }

    /// <summary>Opens a page of a sweep and waits for its stream.</summary>
    public Task FollowAsync(string path) => Page.RunAndWaitForResponseAsync(() => Page.GotoAsync(path), Events);

    /// <summary>Hides the tab or shows it: a headless browser hides none by itself.</summary>
    public Task ShowAsync(bool hidden) => Page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", hidden);

    /// <summary>Hides the tab from the beginning, as one that is opened behind another.</summary>
    public Task BehindAsync() => Page.AddInitScriptAsync("Object.defineProperty(document, 'hidden', { value: true, configurable: true })");

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private void Add(string fault)
    {
        lock (faults)
            faults.Add(fault);
    }

    private static string AxePath()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CatGan.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "tests", "axe", "node_modules", "axe-core", "axe.min.js");
    }
}
