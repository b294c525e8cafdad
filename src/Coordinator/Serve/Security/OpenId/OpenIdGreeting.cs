using Microsoft.Extensions.Hosting;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>Asks the provider who it is as the server starts, without waiting: what is wrong with it is in the log before anybody signs in.</summary>
internal sealed class OpenIdGreeting(OpenIdProvider provider) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await provider.FindAsync(stoppingToken);
    }
}
