namespace CatGan.Web.Tests.Support.OpenId;

/// <summary>A provider and a server that signs people in there, for tests that change nothing of either for good.</summary>
public sealed class OpenIdPair : IAsyncLifetime
{
    internal OpenIdHost Provider { get; private set; } = null!;

    internal Site Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await OpenIdHost.StartAsync();
        Site = await OpenIdSite.StartAsync(Provider, s => Cats.WriteAsync(s.Store));
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
