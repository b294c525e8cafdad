using CatGan.Coordinator.Serve;
using CatGan.Coordinator.Serve.Security.OpenId;

namespace CatGan.Web.Tests.Support.OpenId;

/// <summary>A server with a provider to sign in at.</summary>
internal static class OpenIdSite
{
    /// <summary>The settings for a provider; a test changes what it is about.</summary>
    public static OpenIdWords Words(OpenIdHost provider) => new()
    {
        Authority = $"{provider.Issuer}",
        Client = OpenIdHost.Client,
        Secret = OpenIdHost.Secret,
        Audience = OpenIdHost.Audience,
        Roles = ["viewer=cat-viewers", "operator=cat-operators", "admin=cat-admins"],
        Name = "Cat University",
    };

    public static Task<Site> StartAsync(OpenIdHost provider, Func<Site, Task>? prepare = null, Func<OpenIdWords, OpenIdWords>? words = null, Func<ServeOptions, ServeOptions>? change = null)
    {
        OpenIdOptions options = (words?.Invoke(Words(provider)) ?? Words(provider)).Check()!;
        return Site.StartAsync(prepare, o => (change ?? (same => same))(o with { OpenId = options }));
    }
}
