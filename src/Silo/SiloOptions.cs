using CatGan.Abstractions.Cluster;
using CatGan.Silo.Telemetry;

namespace CatGan.Silo;

/// <summary>What a silo is told: by its command line, else by the environment, else by appsettings.json (section <c>CatGan</c>).</summary>
internal sealed record SiloOptions
{
    /// <summary>URI of the store; default the folder <c>.catgan</c> here.</summary>
    public string Store { get; init; } = "file:./.catgan";

    /// <summary>Experiments on each device at once; null for one a GPU, or one a core where there is none. 0 trains nothing.</summary>
    public int? Slots { get; init; }

    /// <summary><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>; null for all GPUs, or the CPU where there is none.</summary>
    public string? Device { get; init; }

    /// <summary>A cluster of one on loopback ports, which tells the store how to reach it and ends when it has been idle.</summary>
    public bool Local { get; init; }

    /// <summary>Seconds without work or calls after which a local silo ends; 0 for never.</summary>
    public double IdleExit { get; init; } = 60;

    /// <summary>Port on which the silo answers health probes over plain HTTP; null for none.</summary>
    public int? HealthPort { get; init; }

    /// <summary>Collects what Orleans' own dashboard shows; every silo of a cluster must, or none.</summary>
    public bool Dashboard { get; init; }

    /// <summary>Whom <c>GET /metrics</c> on <see cref="HealthPort"/> answers: <c>loopback</c>, <c>all</c> or <c>off</c>.</summary>
    public string Metrics { get; init; } = MetricsEndpoint.Loopback;

    /// <summary>The Redis in which the silos of a cluster find each other, see <see cref="RedisAddress"/>.</summary>
    public string? Cluster { get; init; }

    /// <summary>Id of the cluster; null for the one that the store names.</summary>
    public string? ClusterId { get; init; }

    /// <summary>Name of the silo in logs and slots; null for the machine's.</summary>
    public string? Name { get; init; }

    /// <summary>Address or name under which other silos and clients reach this one; null for loopback.</summary>
    public string? Host { get; init; }

    /// <summary>Port for other silos; null for <see cref="DefaultSiloPort"/>, or a free one on loopback.</summary>
    public int? SiloPort { get; init; }

    /// <summary>Port for clients; null for <see cref="DefaultGatewayPort"/>, or a free one on loopback.</summary>
    public int? GatewayPort { get; init; }

    /// <summary>Certificates to trust, see <see cref="TlsFiles"/>.</summary>
    public string? TlsCa { get; init; }

    /// <summary>The silo's own certificate.</summary>
    public string? TlsCert { get; init; }

    /// <summary>Its private key.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Where data sets are kept on this machine; null for the user's cache folder.</summary>
    public string? Cache { get; init; }

    /// <summary>Gigabytes that data sets may take there.</summary>
    public double CacheSize { get; init; } = 20;

    /// <summary>Allows to listen beyond loopback without TLS.</summary>
    public bool Insecure { get; init; }

    /// <summary>The certificate files; null for connections in the clear.</summary>
    public TlsFiles? Tls(out string? fault) => TlsFiles.Of(TlsCa, TlsCert, TlsKey, out fault);

    /// <summary>Port for other silos where firewalls must know it.</summary>
    public const int DefaultSiloPort = 11111;

    /// <summary>Port for clients where firewalls must know it.</summary>
    public const int DefaultGatewayPort = 30000;

    /// <summary>What is wrong with the options, one sentence each.</summary>
    public IEnumerable<string> Faults()
    {
        if (Slots is < 0 or > 1024)
            yield return $"--slots is {Slots}, but must be from 0 to 1024";
        if (!(IdleExit >= 0))
            yield return $"--idle-exit is {IdleExit}, but must be 0 or more seconds";
        if (Local == (Cluster is not null))
            yield return $"{(Local ? "both --local and --cluster are" : "neither --local nor --cluster is")} given, but a silo is either a cluster of one or a member of a cluster";
        if (Cluster is not null && RedisAddress.TryParse(Cluster, out string? fault) is null)
            yield return $"--cluster {fault}; give {RedisAddress.Form}";
        if (ClusterId is not null && ClusterNames.IdFault(ClusterId) is { } id)
            yield return $"--cluster-id {id}";
        if (!(CacheSize >= 0))
            yield return $"--cache-size is {CacheSize}, but must be 0 or more gigabytes";
        if (!MetricsEndpoint.Choices.Contains(Metrics))
            yield return $"--metrics is {Metrics}, but must be one of {string.Join(", ", MetricsEndpoint.Choices)}";
        if (Tls(out string? tls) is null && tls is not null)
            yield return tls;
        foreach ((string option, int? port) in ((string, int?)[])[("--health-port", HealthPort), ("--silo-port", SiloPort), ("--gateway-port", GatewayPort)])
        {
            if (port is < 1 or > 65535)
                yield return $"{option} is {port}, but must be from 1 to 65535";
        }
    }
}
