namespace CatGan.Abstractions.Cluster;

/// <summary>The certificate files of mutual TLS, all PEM.</summary>
/// <param name="Certificate">The own certificate, with those between it and the CA behind it.</param>
/// <param name="Key">The private key; null when it is in <paramref name="Certificate"/> too.</param>
/// <param name="Ca">The certificates to trust, and none else; null when the root is in <paramref name="Certificate"/> too.</param>
public sealed record TlsFiles(string Certificate, string? Key, string? Ca)
{
    /// <summary>The files that options name; null when they name none.</summary>
    /// <param name="ca">Value of <c>--tls-ca</c>.</param>
    /// <param name="certificate">Value of <c>--tls-cert</c>.</param>
    /// <param name="key">Value of <c>--tls-key</c>.</param>
    /// <param name="fault">What is wrong with them; null when nothing is.</param>
    public static TlsFiles? Of(string? ca, string? certificate, string? key, out string? fault)
    {
        fault = certificate is null && (ca ?? key) is not null
            ? $"{(ca is null ? "--tls-key" : "--tls-ca")} is given without --tls-cert; TLS here is mutual: every silo and every client needs a certificate of its own"
            : null;
        return certificate is null ? null : new TlsFiles(certificate, key, ca);
    }
}
