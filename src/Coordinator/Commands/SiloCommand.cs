using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan silo --cluster URI</c>: one silo of a cluster, in the foreground, started again when it dies.</summary>
internal static class SiloCommand
{
    private const int MaxSlots = 1024;

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Option<string> store = CommonOptions.Store(surroundings);
        Option<int?> slots = new("--slots") { Description = $"Experiments on each device at once, 0 to {MaxSlots}; 0 only keeps sweeps. [default: one a GPU; without a GPU one a core]", HelpName = "N" };
        Option<string?> device = new("--device") { Description = "cpu, cuda or cuda:N. [default: all GPUs; without a GPU the CPU]", HelpName = "D" };
        Option<string?> name = new("--name") { Description = "Name of the silo in logs and tables. [default: POD_NAME, else the machine's]", HelpName = "NAME" };
        Option<string?> host = new("--host") { Description = "Address under which other machines reach this silo. [default: POD_IP, else loopback: this machine alone]", HelpName = "ADDRESS" };
        Option<int?> siloPort = new("--silo-port") { Description = "Port for other silos. [default: 11111; a free one on loopback]", HelpName = "P" };
        Option<int?> gatewayPort = new("--gateway-port") { Description = "Port for clients. [default: 30000; a free one on loopback]", HelpName = "P" };
        Option<int?> healthPort = new("--health-port") { Description = "Port that answers health probes: GET /health/live, /health/ready, /health/started. [default: none]", HelpName = "P" };
        Option<string?> metrics = new("--metrics") { Description = "Whom GET /metrics on the health port answers: loopback (this machine), all or off. [default: loopback]", HelpName = "WHOM" };
        Option<string?> cache = new("--cache") { Description = "Folder for data sets, kept by content and shared by the silos of a machine. [default: $XDG_CACHE_HOME/catgan, else ~/.cache/catgan]", HelpName = "DIR" };
        Option<double?> cacheSize = new("--cache-size") { Description = "Gigabytes that data sets may take there; the least used go first. [default: 20]", HelpName = "GB" };
        Option<bool> insecure = new("--insecure") { Description = "Listen beyond loopback without TLS: whoever reaches the ports has the cluster." };
        Option<bool> dashboard = new("--dashboard") { Description = "Collect what Orleans' own dashboard shows (/orleans of catgan serve); for every silo of a cluster, or none." };
        Option<bool> noRestart = new("--no-restart") { Description = "End with the silo, whatever it ended with, in place of starting it again." };
        Command command = new("silo", "Run one silo of a cluster until Ctrl-C or SIGTERM; it is started again when it dies.")
        {
            store, slots, device, name, host, siloPort, gatewayPort, healthPort, metrics, cache, cacheSize, insecure, dashboard, noRestart,
        };
        (Option Option, Func<ParseResult, string?> Value)[] passed =
        [
            (slots, p => p.GetValue(slots)?.ToString()), (device, p => p.GetValue(device)), (name, p => p.GetValue(name)), (host, p => p.GetValue(host)),
            (siloPort, p => p.GetValue(siloPort)?.ToString()), (gatewayPort, p => p.GetValue(gatewayPort)?.ToString()),
            (healthPort, p => p.GetValue(healthPort)?.ToString()), (metrics, p => p.GetValue(metrics)), (cache, p => p.GetValue(cache) is { } folder ? surroundings.Path(folder) : null),
            (cacheSize, p => p.GetValue(cacheSize)?.ToString()),
        ];
        command.SetAction((parse, cancel) => RunAsync(
            surroundings,
            [
                "--store", StoreOpener.Absolute(surroundings, parse.GetRequiredValue(store)),
                .. passed.SelectMany(o => o.Value(parse) is { } value ? (string[])[o.Option.Name, value] : []),
                .. parse.GetValue(insecure) ? (string[])["--insecure"] : [],
                .. parse.GetValue(dashboard) ? (string[])["--dashboard"] : [],
            ],
            !parse.GetValue(noRestart)));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, IReadOnlyList<string> arguments, bool restart)
    {
        if (surroundings.Cluster.Redis is null)
        {
            throw new UserException(
                ExitCode.BadInput,
                "a silo of a cluster needs --cluster: the Redis in which the silos find each other",
                "`catgan silo --cluster redis://HOST:6379 --store URI`",
                "on one machine `catgan run SPEC` starts a silo by itself");
        }
        using SiloChildren children = new(surroundings, arguments);
        return await new SiloSupervisor(surroundings, children.StartAsync, restart).RunAsync(children.Asked);
    }
}
