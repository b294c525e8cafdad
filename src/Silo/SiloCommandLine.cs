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
        RootCommand command = new("A silo of CatGan: keeps sweeps and trains experiments.") { store, slots, device, local, idle, health };
        command.SetAction(parsed =>
        {
            SiloOptions configured = configuration.GetSection("CatGan").Get<SiloOptions>() ?? new SiloOptions();
            return run(configured with
            {
                Store = parsed.GetValue(store) ?? configured.Store,
                Slots = parsed.GetValue(slots) ?? configured.Slots,
                Device = parsed.GetValue(device) ?? configured.Device,
                Local = parsed.GetValue(local) || configured.Local,
                IdleExit = parsed.GetValue(idle) ?? configured.IdleExit,
                HealthPort = parsed.GetValue(health) ?? configured.HealthPort,
            });
        });
        return command.Parse(arguments).Invoke();
    }
}
