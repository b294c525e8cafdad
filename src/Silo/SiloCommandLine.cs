using System.CommandLine;
using Microsoft.Extensions.Configuration;

namespace CatGan.Silo;

/// <summary>The command line of <c>catgan-silo</c>.</summary>
internal static class SiloCommandLine
{
    /// <summary>Parses, and runs <paramref name="run"/> with the options. Help and faults are printed.</summary>
    public static int Invoke(string[] arguments, IConfiguration configuration, Func<SiloOptions, int> run)
    {
        Option<string?> store = new("--store") { Description = "Store: file:PATH, azure:CONTAINER or an account's URL. Default: file:./.catgan" };
        Option<int?> slots = new("--slots") { Description = "Experiments on each device at once. Default: one a GPU; without a GPU one a core." };
        Option<string?> device = new("--device") { Description = "cpu, cuda or cuda:N. Default: all GPUs; without a GPU the CPU." };
        Option<bool> local = new("--local") { Description = "A cluster of one on this machine's loopback, found through the store." };
        Option<double?> idle = new("--idle-exit") { Description = "Seconds without work or calls after which a local silo ends; 0 for never. Default: 60" };
        Option<int?> health = new("--health-port") { Description = "Port that answers health probes: GET /health/live, /health/ready, /health/started. Default: none" };
        Option<string?> metrics = new("--metrics") { Description = "Whom GET /metrics on the health port answers: loopback (this machine), all or off. Default: loopback" };
        Option<string?> cluster = new("--cluster") { Description = "A member of the cluster in this Redis: redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], or rediss:// for TLS." };
        Option<string?> clusterId = new("--cluster-id") { Description = "Id of the cluster. Default: the one that the store names." };
        Option<string?> name = new("--name") { Description = "Name of the silo. Default: the machine's." };
        Option<string?> host = new("--host") { Description = "Address under which other silos and clients reach this one. Default: loopback" };
        Option<int?> siloPort = new("--silo-port") { Description = $"Port for other silos. Default: {SiloOptions.DefaultSiloPort}, a free one on loopback." };
        Option<int?> gatewayPort = new("--gateway-port") { Description = $"Port for clients. Default: {SiloOptions.DefaultGatewayPort}, a free one on loopback." };
        Option<string?> tlsCa = new("--tls-ca") { Description = "PEM file of the only CA to trust." };
        Option<string?> tlsCert = new("--tls-cert") { Description = "PEM file of this silo's certificate: turns mutual TLS on." };
        Option<string?> tlsKey = new("--tls-key") { Description = "PEM file of its private key. Default: in --tls-cert" };
        Option<string?> cache = new("--cache") { Description = "Folder for data sets, kept by content and shared by the silos of a machine. Default: $XDG_CACHE_HOME/catgan, else ~/.cache/catgan" };
        Option<double?> cacheSize = new("--cache-size") { Description = "Gigabytes that data sets may take there; the least used go first. Default: 20" };
        Option<bool> dashboard = new("--dashboard") { Description = "Collect what Orleans' own dashboard shows (/orleans of catgan serve); for every silo of a cluster, or none." };
        Option<bool> probe = new("--probe") { Description = "Say as JSON whether torch loads and what there is to train on, and end." };
        Option<bool> insecure = new("--insecure") { Description = "Listen beyond loopback without TLS: whoever reaches the ports has the cluster." };
        RootCommand command = new("A silo of CatGan: keeps sweeps and trains experiments.")
        {
            store, slots, device, local, idle, health, metrics, cluster, clusterId, name, host, siloPort, gatewayPort, tlsCa, tlsCert, tlsKey, cache, cacheSize, insecure, dashboard, probe,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(probe))
                return Probe.Run(Console.Out);
            SiloOptions configured = SiloSettings.Read(configuration);
            return run(configured with
            {
                Store = parsed.GetValue(store) ?? configured.Store,
                Slots = parsed.GetValue(slots) ?? configured.Slots,
                Device = parsed.GetValue(device) ?? configured.Device,
                Local = parsed.GetValue(local) || configured.Local,
                IdleExit = parsed.GetValue(idle) ?? configured.IdleExit,
                HealthPort = parsed.GetValue(health) ?? configured.HealthPort,
                Metrics = parsed.GetValue(metrics) ?? configured.Metrics,
                // A local silo is none of the cluster that the environment may name.
                Cluster = parsed.GetValue(cluster) ?? (parsed.GetValue(local) ? null : configured.Cluster),
                ClusterId = parsed.GetValue(clusterId) ?? configured.ClusterId,
                Name = parsed.GetValue(name) ?? configured.Name,
                Host = parsed.GetValue(host) ?? configured.Host,
                SiloPort = parsed.GetValue(siloPort) ?? configured.SiloPort,
                GatewayPort = parsed.GetValue(gatewayPort) ?? configured.GatewayPort,
                TlsCa = parsed.GetValue(tlsCa) ?? configured.TlsCa,
                TlsCert = parsed.GetValue(tlsCert) ?? configured.TlsCert,
                TlsKey = parsed.GetValue(tlsKey) ?? configured.TlsKey,
                Cache = parsed.GetValue(cache) ?? configured.Cache,
                CacheSize = parsed.GetValue(cacheSize) ?? configured.CacheSize,
                Insecure = parsed.GetValue(insecure) || configured.Insecure,
                Dashboard = parsed.GetValue(dashboard) || configured.Dashboard,
            });
        });
        return command.Parse(arguments).Invoke();
    }
}
