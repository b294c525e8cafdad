using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Serve.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Dashboard;

namespace CatGan.Coordinator.Serve;

/// <summary>Orleans' own dashboard at <c>/orleans</c>, behind the same sign-in, for admins. Silos must have been started with <c>--dashboard</c>.</summary>
internal static class SiloDashboard
{
    /// <summary>Where it lies.</summary>
    public const string Path = "/orleans";

    /// <summary>Adds what it is made of.</summary>
    public static void Add(IServiceCollection services)
    {
        ServiceCollection own = [];
        new Client(own).AddDashboard(o => o.HideTrace = true);
        foreach (ServiceDescriptor service in own.Where(s => s.ServiceType != typeof(ILoggerProvider)))
        {
            // Its client keeps a grain of the connection that it was made with: made for each request, it is that of now.
            bool bound = service is { ServiceType.IsInterface: true, ImplementationType: not null } && service.ServiceType.Assembly == typeof(ServiceCollectionExtensions).Assembly;
            services.Add(bound ? new(service.ServiceType, service.ImplementationType!, ServiceLifetime.Transient) : service);
        }
        services.AddTransient(Grains);
    }

    /// <summary>Adds its addresses.</summary>
    public static void Map(WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path), branch => branch.Use(async (context, next) =>
        {
            await context.RequestServices.GetRequiredService<ClusterLink>().FindAsync(context.RequestAborted);
            await next(context);
        }));
        app.MapOrleansDashboard(Path).RequireAuthorization(Roles.Admin).ExcludeFromDescription();
    }

    private static IGrainFactory Grains(IServiceProvider services) => services.GetRequiredService<ClusterLink>().Current?.Grains
        ?? throw new UserException(ExitCode.Unreachable, "no silo answers", "the dashboard shows silos at work; start some with --dashboard");

    private sealed class Client(IServiceCollection services) : IClientBuilder
    {
        public IServiceCollection Services => services;

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }
}
