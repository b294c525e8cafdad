using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Serve;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Storage;

namespace CatGan.Web.Tests.Support;

/// <summary>A real server on a free port over a store of its own, with a silo that plays what it is told.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("catgan-web-tests").FullName;
    private ServeHost host = null!;
    private ServeOptions options = null!;

    private Site() => Store = BlobStores.Open("file:" + Path.Combine(folder, "store"));

    public IBlobStore Store { get; }

    public FakeSilo Silo { get; } = new() { Reachable = false };

    public LockedWriter Errors { get; } = new();

    public HttpClient Http { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // Who asks before a body is sent waits for the answer, however busy the machine is.
        Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
    });

    /// <summary>The server's clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>True to start a real silo when one is needed.</summary>
    public bool RealSilo { get; set; }

    public Uri Address => host.Address;

    public T Service<T>()
        where T : notnull => (T)host.Services.GetService(typeof(T))!;

    public static async Task<Site> StartAsync(Func<Site, Task>? prepare = null, Func<ServeOptions, ServeOptions>? change = null)
    {
        Site site = new();
        if (prepare is not null)
            await prepare(site);
        ServeOptions options = new() { Listen = ListenAddress.Parse("http://127.0.0.1:0"), StoreUri = site.Store.Uri };
        site.options = change?.Invoke(options) ?? options;
        await site.ComeBackAsync();
        site.Http.BaseAddress = site.host.Address;
        site.options = site.options with { Listen = ListenAddress.Parse(site.host.Address.GetLeftPart(UriPartial.Authority)) };
        return site;
    }

    /// <summary>Ends the server, as one that is updated; the store stays.</summary>
    public ValueTask GoAwayAsync() => host.DisposeAsync();

    /// <summary>Starts a server anew where the last one was.</summary>
    public async Task ComeBackAsync() => host = await ServeHost.StartAsync(Surroundings(), options, CancellationToken.None);

    public Surroundings Surroundings() => new()
    {
        Out = TextWriter.Null,
        Error = Errors,
        Time = Time,
        WorkingDirectory = folder,
        Variable = name => name == "XDG_CACHE_HOME" ? Path.Combine(folder, "cache") : null,
        IsTerminal = false,
        Interrupted = CancellationToken.None,
        Door = surroundings => RealSilo ? new LocalDoor(surroundings) : Silo,
    };

    /// <summary>A key of a role.</summary>
    public async Task<string> KeyAsync(AccessRole role, string? name = null) =>
        $"{(await new KeyStore(Store, TimeProvider.System).AddAsync(name ?? $"{role}", role, null, CancellationToken.None)).Text}";

    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage answer = await Http.GetAsync(path);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Sends a request with a key; null for none.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? key = null, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path) { Content = body };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage answer = await Http.SendAsync(request);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Kills the real silo as the kernel would.</summary>
    public async Task KillSiloAsync()
    {
        if (!RealSilo || await LocalEndpoint.ReadAsync(Store, CancellationToken.None) is not { } endpoint)
            return;
        try
        {
            using Process silo = Process.GetProcessById(endpoint.Pid);
            silo.Kill();
            await silo.WaitForExitAsync();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.DisposeAsync();
        await KillSiloAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>What a server answered.</summary>
internal sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;
}
