using Microsoft.Extensions.DependencyInjection;

namespace CatGan.Silo.Health;

/// <summary>Adds the health endpoint where a port is named for it.</summary>
internal static class HealthSetup
{
    /// <summary>Call before Orleans is added: hosted services start in their order and stop in the reverse one.</summary>
    public static void AddHealth(this IServiceCollection services, SiloOptions options)
    {
        if (options.HealthPort is null)
            return;
        services.AddSingleton<HealthState>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<HealthEndpoint>(provider, options));
    }
}
