using System.Net;
using System.Net.Sockets;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Serve.Security.OpenId;
using Microsoft.AspNetCore.Http;

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

    /// <summary>Addresses of proxies that are believed when they say for whom they ask.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>The option by which a person says that others than this machine's reach a server on loopback; null for none.</summary>
    public string? Announced =>
        PublicUrl is { IsLoopback: false } ? $"--public-url {PublicUrl.GetLeftPart(UriPartial.Authority)}"
        : Hosts.Count > 0 ? $"--allow-host {Hosts[0]}"
        : Proxies.Count > 0 ? $"--trust-proxy {Proxies[0]}"
        : null;

    /// <summary>True to listen beyond loopback without TLS.</summary>
    public bool Insecure { get; init; }

    /// <summary>Requests a second that one key or address may send on the long run; five times as many in a burst.</summary>
    public int RequestsPerSecond { get; init; } = 200;

    /// <summary>PEM file of the certificate of <c>https</c>, absolute; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of its private key, absolute; null when it is in <see cref="CertificateFile"/>.</summary>
    public string? CertificateKeyFile { get; init; }

    /// <summary>Where browsers reach the server, without a path; null for where each request says.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The OpenID provider to sign in at; null for keys alone.</summary>
    public OpenIdOptions? OpenId { get; init; }

    /// <summary>Which cookies browsers send over https alone: all, where browsers come by https, though a proxy's last step may be http.</summary>
    public CookieSecurePolicy CookiesSecure => PublicUrl?.Scheme == "https" ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>Streams of events that one key or address may hold open at once.</summary>
    public int Streams { get; init; } = 200;

    /// <summary>Reads the addresses of proxies that a person typed.</summary>
    /// <exception cref="UserException">One is none.</exception>
    public static IReadOnlyList<IPNetwork> ReadProxies(IEnumerable<string> typed) => [.. typed.Select(t =>
        IPNetwork.TryParse(t, out IPNetwork network) ? network
        : IPAddress.TryParse(t, out IPAddress? address) ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
        : throw new UserException(ExitCode.BadInput, $"--trust-proxy is {t}, but must be an address or a network", "such as 10.1.2.3 or 10.1.0.0/16"))];

    /// <summary>Reads the address that a person typed.</summary>
    /// <exception cref="UserException">It is none.</exception>
    public static Uri? ReadPublicUrl(string? typed) =>
        typed is null ? null
        : Uri.TryCreate(typed, UriKind.Absolute, out Uri? uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "", Fragment: "" } ? uri
        : throw new UserException(ExitCode.BadInput, $"--public-url is {typed}, but must be http://HOST[:PORT] or https://HOST[:PORT], without a path", "such as https://catgan.example.org");

    /// <summary>A path of this server as browsers know it.</summary>
    public string PublicAddress(HttpRequest request, string path) => $"{PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host}"}{path}";
}
