using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Serve.Security;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CatGan.Coordinator.Serve;

/// <summary>What the API and the pages are made of.</summary>
internal static class ServeServices
{
    /// <summary>Adds it all.</summary>
    public static void Add(IServiceCollection services, ILoggingBuilder logging, Surroundings surroundings, ServeOptions options, IBlobStore store)
    {
        logging.SetMinimumLevel(LogLevel.Warning).AddProvider(new ServeLog(surroundings.Error));
        // What goes wrong with a sign-in or a token is told by OpenId's own words.
        logging.AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.None);
        // Why it cannot listen is told by ServeHost.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        services.AddSingleton(surroundings).AddSingleton(options).AddSingleton(surroundings.Time).AddSingleton(store);
        services.AddSingleton(_ => surroundings.Door(surroundings));
        services.AddSingleton<ClusterLink>().AddSingleton<LivePool>().AddSingleton<SweepBoard>().AddSingleton<SweepCatalog>().AddSingleton<ExperimentReader>();
        services.AddSingleton<ISilos>(s => s.GetRequiredService<ClusterLink>()).AddSingleton<StoreDesk>();
        services.AddSingleton<SweepVerbs>().AddSingleton<SweepSubmissions>().AddSingleton<PictureJobs>();
        services.AddRouting().AddProblemDetails().AddExceptionHandler<Problems>().AddSingleton<Problems>();
        // Told by Problems like every other fault.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.AddOpenApi(ApiDocument.Version, ApiDocument.Describe);
        AccessServices.Add(services, options);
        SiloDashboard.Add(services);
        // Scripts and page data: nothing that holds a secret beside something that a request has said (BREACH).
        services.AddResponseCompression(packed => (packed.EnableForHttps, packed.MimeTypes) = (true, ["text/javascript", "text/css", "image/svg+xml", "application/json"]));
        services.AddRazorComponents();
        services.AddSingleton<Pages.Data.RealPictures>().AddSingleton<Pages.Data.ImportanceBook>();
        services.AddCascadingAuthenticationState();
    }
}
