using System.CommandLine;
using CatGan.Abstractions.Cluster;

namespace CatGan.Coordinator.App;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>The default store: a folder beside the spec's user.</summary>
    public const string DefaultStore = "./.catgan";

    /// <summary><c>--verbose</c>, known to every command.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show where an error happened.", Recursive = true };

    /// <summary><c>--cluster URI</c>, known to every command.</summary>
    public static Option<string?> Cluster { get; } = new("--cluster")
    {
        Description = $"The cluster to work with: {RedisAddress.Form}. [default: CATGAN_CLUSTER, else a silo of this machine]",
        HelpName = "URI",
        Recursive = true,
    };

    /// <summary><c>--cluster-id ID</c>, known to every command.</summary>
    public static Option<string?> ClusterId { get; } = new("--cluster-id")
    {
        Description = "Id of the cluster. [default: CATGAN_CLUSTER_ID, else the one that the store names]",
        HelpName = "ID",
        Recursive = true,
    };

    /// <summary><c>--tls-ca FILE</c>, known to every command.</summary>
    public static Option<string?> TlsCa { get; } = Tls("--tls-ca", "PEM file of the only CA to trust in the cluster. [default: CATGAN_TLS_CA, else the root in --tls-cert]");

    /// <summary><c>--tls-cert FILE</c>, known to every command.</summary>
    public static Option<string?> TlsCert { get; } = Tls("--tls-cert", "PEM file of the own certificate; turns mutual TLS with the cluster on. [default: CATGAN_TLS_CERT]");

    /// <summary><c>--tls-key FILE</c>, known to every command.</summary>
    public static Option<string?> TlsKey { get; } = Tls("--tls-key", "PEM file of its private key. [default: CATGAN_TLS_KEY, else in --tls-cert]");

    /// <summary><c>--server URL</c>, known to every command.</summary>
    public static Option<string?> Server { get; } = new("--server")
    {
        Description = "A `catgan serve` to ask in place of store and silos, such as https://catgan.example.org. [default: CATGAN_SERVER, else none]",
        HelpName = "URL",
        Recursive = true,
    };

    /// <summary><c>--key KEY</c>, known to every command.</summary>
    public static Option<string?> Key { get; } = new("--key")
    {
        Description = "The key for --server. Other users of this machine may see it in the list of processes: CATGAN_KEY hides it. [default: CATGAN_KEY]",
        HelpName = "KEY",
        Recursive = true,
    };

    /// <summary><c>--store URI</c>: as typed, else as <see cref="Settings"/> say, else <c>./.catgan</c>.</summary>
    public static Option<string> Store(Surroundings surroundings) => new("--store")
    {
        Description = "Where everything is kept: a folder or file:PATH, azure:CONTAINER, or a container's https address. CATGAN_STORE gives another default.",
        HelpName = "URI",
        DefaultValueFactory = _ => new Settings(surroundings)[Settings.Store] ?? DefaultStore,
    };

    private static Option<string?> Tls(string name, string description) => new(name) { Description = description, HelpName = "FILE", Recursive = true };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json(string description) => new("--json") { Description = description };

    /// <summary>Refuses a whole number outside of its bounds; what is no number at all has a message of its own.</summary>
    public static void Bound(Option option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int typed) && (typed < least || typed > most))
            result.AddError($"{option.Name} is {text}, but must be from {least} to {most}");
    });
}
