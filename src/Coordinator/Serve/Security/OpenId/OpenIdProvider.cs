using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>The provider as this server knows it: its addresses and keys, read when they are first needed and anew now and then.</summary>
internal sealed class OpenIdProvider : IDisposable
{
    // A page with a key's field on it does not wait for a provider that hangs.
    private static readonly TimeSpan PageWaits = TimeSpan.FromSeconds(2);
    private const int MostAnswerBytes = 1 << 20;
    private readonly OpenIdOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<OpenIdProvider> log;

    /// <summary>Makes it; nothing is asked yet.</summary>
    public OpenIdProvider(OpenIdOptions options, TimeProvider time, ILogger<OpenIdProvider> log)
    {
        (this.options, this.time, this.log) = (options, time, log);
        // What the provider's answers point to is followed by its name alone: a redirected secret would go to strangers.
        Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(10),
            MaxResponseContentBufferSize = MostAnswerBytes,
        };
        Discovery discovery = new(options, Http, time)
        {
            OnFailure = fault => log.LogWarning("no sign-in with {Provider} for now, keys go on working: {Fault}{Hint}", options.Name, fault.Message, fault.Hints.Count > 0 ? $"; {fault.Hints[0]}" : ""),
        };
        // A provider that has changed its keys is known by a token that none of them signed: asked anew, but not for every such token.
        Metadata = new(options.MetadataAddress, discovery, discovery) { RefreshInterval = TimeSpan.FromSeconds(30) };
    }

    /// <summary>What the provider says of itself.</summary>
    public ConfigurationManager<OpenIdConnectConfiguration> Metadata { get; }

    /// <summary>What this server asks the provider with.</summary>
    public HttpClient Http { get; }

    /// <summary>What the provider says of itself; null while it cannot be reached, which the log has told.</summary>
    public async Task<OpenIdConnectConfiguration?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Metadata.GetConfigurationAsync(CancellationToken.None).WaitAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            if (OpenIdException.Within(e) is null)
                log.LogWarning(e, "what {Provider} says of itself cannot be read", options.Name);
            return null;
        }
    }

    /// <summary>False when it is known that nobody can sign in there now.</summary>
    public async Task<bool> MayAnswerAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(cancellationToken).WaitAsync(PageWaits, time, cancellationToken) is not null;
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();
}
