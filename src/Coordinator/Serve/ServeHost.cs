using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve.Security;
using CatGan.Coordinator.Serve.Telemetry;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CatGan.Coordinator.Serve;

/// <summary>A server of the API and the pages, at work until it is disposed of.</summary>
internal sealed class ServeHost : IAsyncDisposable
{
    private const long MostBodyBytes = 2 << 20;
    private readonly WebApplication app;

    private ServeHost(WebApplication app) => this.app = app;

    /// <summary>Where it can be reached; with the port that it was given where 0 was asked for.</summary>
    public Uri Address { get; private init; } = null!;

    /// <summary>Its services, for tests.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Starts a server.</summary>
    /// <param name="surroundings">The process it runs in.</param>
    /// <param name="options">Where to listen, and what to serve.</param>
    /// <param name="cancellationToken">Ends the starting.</param>
    /// <exception cref="UserException">It cannot listen there.</exception>
    public static async Task<ServeHost> StartAsync(Surroundings surroundings, ServeOptions options, CancellationToken cancellationToken)
    {
        IBlobStore store = StoreOpener.Open(surroundings, options.StoreUri);
        await ListenPolicy.CheckAsync(options, store, surroundings.Time, cancellationToken);
        // Nothing of the working folder and no variable of ASP.NET leaks into the server: it is what the options say.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new()
        {
            ApplicationName = typeof(ServeHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
            EnvironmentName = "Production",
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, options));
        ServeTelemetry.Add(builder);
        ServeServices.Add(builder.Services, builder.Logging, surroundings, options, store);
        WebApplication app = builder.Build();
        ServePipeline.Use(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new UserException(ExitCode.Failed, $"cannot listen on {options.Listen}: {fault.Message}", "name another port with --listen");
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new(app) { Address = AddressOf(app, options.Listen) };
    }

    /// <summary>Stops taking requests, and lets those that run end.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => app.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static void Listen(KestrelServerOptions kestrel, ServeOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 << 10;
        kestrel.Limits.MaxConcurrentConnections = 2000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        (X509Certificate2 Own, X509Certificate2Collection Chain)? certificate = options.Listen.Https ? ListenPolicy.Certificate(options) : null;
        if (options.Listen.Address is { } address)
            kestrel.Listen(address, options.Listen.Port, Secure);
        else if (options.Listen.Port == 0)
            kestrel.Listen(IPAddress.Loopback, 0, Secure);
        else
            kestrel.ListenLocalhost(options.Listen.Port, Secure);

        void Secure(ListenOptions listen)
        {
            if (certificate is var (own, chain))
                listen.UseHttps(https => (https.ServerCertificate, https.ServerCertificateChain) = (own, chain));
        }
    }

    private static Uri AddressOf(WebApplication app, ListenAddress listen)
    {
        Uri bound = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
        return new UriBuilder(bound) { Scheme = listen.Https ? "https" : "http" }.Uri;
    }
}
