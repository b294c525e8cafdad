using CatGan.Coordinator.Cluster;

namespace CatGan.Coordinator.Serve;

/// <summary>What a person asks of <c>catgan serve</c>.</summary>
internal sealed record ServeOptions
{
    /// <summary>Where to listen.</summary>
    public required ListenAddress Listen { get; init; }

    /// <summary>The store as typed.</summary>
    public required string StoreUri { get; init; }

    /// <summary>What to ask of a local silo that a request starts.</summary>
    public SiloWishes Wishes { get; init; } = new();

    /// <summary>Names by which a server on loopback is asked for besides localhost, as by a proxy before it.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>True to listen beyond loopback without TLS.</summary>
    public bool Insecure { get; init; }

    /// <summary>Requests a second that one key or address may send on the long run; five times as many in a burst.</summary>
    public int RequestsPerSecond { get; init; } = 200;

    /// <summary>PEM file of the certificate of <c>https</c>, absolute; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of its private key, absolute; null when it is in <see cref="CertificateFile"/>.</summary>
    public string? CertificateKeyFile { get; init; }
}
