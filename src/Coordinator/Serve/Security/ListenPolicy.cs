using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Keys;
using CatGan.Storage;

namespace CatGan.Coordinator.Serve.Security;

/// <summary>Where a server may listen: beyond this machine only with keys or an OpenID provider, and with TLS unless a person says that a proxy has it.</summary>
internal static class ListenPolicy
{
    /// <summary>Refuses what would let strangers in.</summary>
    /// <exception cref="UserException">Says what is missing.</exception>
    public static async Task CheckAsync(ServeOptions options, IBlobStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        if (options.Listen.Https && options.CertificateFile is null)
            throw new UserException(ExitCode.BadInput, $"--listen is {options.Listen}, but https needs a certificate", "name its PEM file with --https-cert, and its key with --https-key");
        using KeyRing keys = new(store, time);
        if (options.Listen.IsLoopback)
        {
            if (options.Announced is { } announced && options.OpenId is null && await keys.IsEmptyAsync(cancellationToken))
                throw new UserException(ExitCode.BadInput, $"{announced} says that others reach this server by a proxy, but {store.Uri} has no keys, and each of them would be admin", "make one first: `catgan keys add NAME --role admin`", "or let people sign in at an OpenID provider: --oidc-authority");
            return;
        }
        if (options.OpenId is null && await keys.IsEmptyAsync(cancellationToken))
            throw new UserException(ExitCode.BadInput, $"--listen is {options.Listen}, which other machines reach, but {store.Uri} has no keys", "make one first: `catgan keys add NAME --role admin`", "or let people sign in at an OpenID provider: --oidc-authority", $"or listen on loopback alone: --listen {ListenAddress.Default}");
        if (!options.Listen.Https && !options.Insecure)
            throw new UserException(ExitCode.BadInput, $"--listen is {options.Listen}, where keys would travel in the clear", "listen on https with --https-cert", "or say --insecure where a proxy before it has TLS");
    }

    /// <summary>The certificate with its private key, the first of its file, and those that vouch for it, the others.</summary>
    /// <exception cref="UserException">The files are none.</exception>
    public static (X509Certificate2 Own, X509Certificate2Collection Chain) Certificate(ServeOptions options)
    {
        try
        {
            X509Certificate2Collection all = [];
            all.ImportFromPemFile(options.CertificateFile!);
            if (all.Count > 0)
                all.RemoveAt(0);
            return (X509Certificate2.CreateFromPemFile(options.CertificateFile!, options.CertificateKeyFile ?? options.CertificateFile!), all);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.BadInput, $"--https-cert is {options.CertificateFile}, which cannot be used: {fault.Message}", "give PEM files of a certificate and of its private key");
        }
    }
}
