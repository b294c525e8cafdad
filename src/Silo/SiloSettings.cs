using Microsoft.Extensions.Configuration;

namespace CatGan.Silo;

/// <summary>
/// What files and environment say, the later over the earlier: <c>appsettings.json</c> beside the program, the one in
/// the working folder, <c>CatGan__NAME</c>, <c>CATGAN_NAME</c>, and what a Kubernetes pod is told of itself.
/// </summary>
internal static class SiloSettings
{
    private const string Section = "CatGan";
    private const string File = "appsettings.json";

    /// <summary>Gathers files and environment.</summary>
    public static IConfiguration Gather() => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, File), optional: true)
        .AddJsonFile(Path.Combine(Environment.CurrentDirectory, File), optional: true)
        .AddInMemoryCollection(Pod())
        .AddEnvironmentVariables()
        .AddInMemoryCollection(Short())
        .Build();

    /// <summary>The options of a configuration.</summary>
    public static SiloOptions Read(IConfiguration configuration) => configuration.GetSection(Section).Get<SiloOptions>() ?? new SiloOptions();

    private static IEnumerable<KeyValuePair<string, string?>> Pod() =>
        Named(("POD_NAME", nameof(SiloOptions.Name)), ("POD_IP", nameof(SiloOptions.Host)));

    private static IEnumerable<KeyValuePair<string, string?>> Short() => Named(
        ("CATGAN_STORE", nameof(SiloOptions.Store)),
        ("CATGAN_SLOTS", nameof(SiloOptions.Slots)),
        ("CATGAN_DEVICE", nameof(SiloOptions.Device)),
        ("CATGAN_CLUSTER", nameof(SiloOptions.Cluster)),
        ("CATGAN_CLUSTER_ID", nameof(SiloOptions.ClusterId)),
        ("CATGAN_NAME", nameof(SiloOptions.Name)),
        ("CATGAN_HOST", nameof(SiloOptions.Host)),
        ("CATGAN_SILO_PORT", nameof(SiloOptions.SiloPort)),
        ("CATGAN_GATEWAY_PORT", nameof(SiloOptions.GatewayPort)),
        ("CATGAN_HEALTH_PORT", nameof(SiloOptions.HealthPort)),
        ("CATGAN_METRICS", nameof(SiloOptions.Metrics)),
        ("CATGAN_TLS_CA", nameof(SiloOptions.TlsCa)),
        ("CATGAN_TLS_CERT", nameof(SiloOptions.TlsCert)),
        ("CATGAN_TLS_KEY", nameof(SiloOptions.TlsKey)),
        ("CATGAN_CACHE", nameof(SiloOptions.Cache)),
        ("CATGAN_CACHE_SIZE", nameof(SiloOptions.CacheSize)),
        ("CATGAN_INSECURE", nameof(SiloOptions.Insecure)),
        ("CATGAN_DASHBOARD", nameof(SiloOptions.Dashboard)));

    private static IEnumerable<KeyValuePair<string, string?>> Named(params (string Variable, string Option)[] names) => names
        .Select(n => KeyValuePair.Create($"{Section}:{n.Option}", Environment.GetEnvironmentVariable(n.Variable)))
        .Where(n => !string.IsNullOrEmpty(n.Value));
}
