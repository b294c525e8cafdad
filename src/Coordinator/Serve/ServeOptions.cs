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

    /// <summary>Reads the address that a person typed.</summary>
    /// <exception cref="UserException">It is none.</exception>
    public static Uri? ReadPublicUrl(string? typed) =>
        typed is null ? null
        : Uri.TryCreate(typed, UriKind.Absolute, out Uri? uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "", Fragment: "" } ? uri
        : throw new UserException(ExitCode.BadInput, $"--public-url is {typed}, but must be http://HOST[:PORT] or https://HOST[:PORT], without a path", "such as https://catgan.example.org");

    /// <summary>A path of this server as browsers know it.</summary>
    public string PublicAddress(HttpRequest request, string path) => $"{PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host}"}{path}";
}
