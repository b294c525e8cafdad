using System.CommandLine;
using System.Runtime.InteropServices;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan serve</c>: the HTTP API and the pages, until Ctrl-C or SIGTERM.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(5);

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Option<string> store = CommonOptions.Store(surroundings);
        Option<string> listen = new("--listen") { Description = "Where to listen.", HelpName = "URL", DefaultValueFactory = _ => ListenAddress.Default };
        Option<string?> certificate = new("--https-cert") { Description = "PEM file of the certificate for https.", HelpName = "FILE" };
        Option<string?> key = new("--https-key") { Description = "PEM file of its private key. [default: in --https-cert]", HelpName = "FILE" };
        Option<string[]> hosts = new("--allow-host") { Description = "A name besides localhost by which a server on loopback may be asked for, as by a proxy before it; may be given several times.", HelpName = "NAME" };
        Option<string[]> proxies = new("--trust-proxy") { Description = "Address or network of a proxy before this server, which is believed when it says for whom it asks (X-Forwarded-For, X-Forwarded-Proto); may be given several times.", HelpName = "ADDRESS" };
        Option<bool> insecure = new("--insecure") { Description = "Listen beyond loopback without TLS: for behind a proxy that has it." };
        Option<string?> publicUrl = new("--public-url") { Description = "Where browsers reach this server, if not where it listens: a proxy's address. [default: CATGAN_PUBLIC_URL, else as each request says]", HelpName = "URL" };
        Option<bool> dashboard = new("--dashboard") { Description = "If this starts a silo: have it collect what Orleans' own dashboard, /orleans, shows." };
        Command command = new("serve", "Serve the HTTP API and the pages.") { store, listen, certificate, key, hosts, proxies, insecure, publicUrl, dashboard };
        SiloOptions silo = new(command);
        OpenIdArguments openId = new(command);
        command.SetAction((parse, cancel) => RunAsync(
            surroundings,
            new ServeOptions
            {
                Listen = ListenAddress.Parse(parse.GetRequiredValue(listen)),
                StoreUri = parse.GetRequiredValue(store),
                Wishes = silo.Of(parse) with { Dashboard = parse.GetValue(dashboard) },
                Hosts = parse.GetValue(hosts) ?? [],
                Proxies = ServeOptions.ReadProxies(parse.GetValue(proxies) ?? []),
                Insecure = parse.GetValue(insecure),
                PublicUrl = ServeOptions.ReadPublicUrl(parse.GetValue(publicUrl) ?? new Settings(surroundings)[Settings.PublicUrl]),
                OpenId = openId.Of(parse, surroundings),
                CertificateFile = parse.GetValue(certificate) is { } file ? surroundings.Path(file) : null,
                CertificateKeyFile = parse.GetValue(key) is { } keyFile ? surroundings.Path(keyFile) : null,
            },
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, ServeOptions options, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(surroundings.Interrupted, cancellationToken);
        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            ThreadPool.QueueUserWorkItem(_ => ended.Cancel());
        });
        await using ServeHost host = await ServeHost.StartAsync(surroundings, options, ended.Token);
        surroundings.Out.WriteLine($"listening on {host.Address}");
        await surroundings.Out.FlushAsync(CancellationToken.None);
        await Task.Delay(Timeout.InfiniteTimeSpan, surroundings.Time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using CancellationTokenSource late = new(EndWithin, surroundings.Time);
        await host.StopAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Done;
    }
}
