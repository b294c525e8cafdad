using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CatGan.Abstractions.Cluster;

/// <summary>What <see cref="TlsFiles"/> hold, read and checked once at the start.</summary>
public sealed class TlsCertificates : IDisposable
{
    private readonly X509Certificate2Collection _all = [];

    private TlsCertificates(X509Certificate2 own, X509Certificate2Collection between, X509Certificate2Collection roots)
    {
        _all.Add(own);
        _all.AddRange(between);
        _all.AddRange(roots);
        Roots = roots;
        Own = SslStreamCertificateContext.Create(own, between, offline: true);
    }

    /// <summary>What this side shows: its certificate, the key and those between it and the root.</summary>
    public SslStreamCertificateContext Own { get; }

    /// <summary>The only certificates that are trusted.</summary>
    public X509Certificate2Collection Roots { get; }

    /// <summary>Reads the files.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="time">The clock that certificates expire by.</param>
    /// <exception cref="ArgumentException">One of them is missing, holds something else or has expired; the message names it.</exception>
    public static TlsCertificates Load(TlsFiles files, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(time);
        X509Certificate2 own = Read("--tls-cert", files.Certificate, path => X509Certificate2.CreateFromPemFile(path, files.Key ?? path));
        X509Certificate2Collection chain = Many("--tls-cert", files.Certificate);
        X509Certificate2Collection roots = files.Ca is { } ca ? Many("--tls-ca", ca) : Where(chain, IsRoot);
        if (roots.Count == 0)
            throw new ArgumentException($"{(files.Ca is null ? "--tls-cert" : "--tls-ca")} is {files.Ca ?? files.Certificate}, which holds no certificate of a CA; name the CA's file with --tls-ca");
        CheckTime(files.Certificate, own, time);
        return new TlsCertificates(own, Where(chain, c => !IsRoot(c) && c.Thumbprint != own.Thumbprint), roots);
    }

    /// <summary>How the other side is checked: against <see cref="Roots"/> alone.</summary>
    public X509ChainPolicy Policy()
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.AddRange(Roots);
        return policy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (X509Certificate2 certificate in _all)
            certificate.Dispose();
    }

    private static bool IsRoot(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static void CheckTime(string path, X509Certificate2 own, TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now < own.NotBefore.ToUniversalTime() || now > own.NotAfter.ToUniversalTime())
        {
            throw new ArgumentException(
                $"--tls-cert is {path}, which is valid from {own.NotBefore.ToUniversalTime():u} to {own.NotAfter.ToUniversalTime():u}, but it is {now:u}; make a new one, or set the clock");
        }
    }

    private static X509Certificate2Collection Many(string option, string path) => Read(option, path, p =>
    {
        X509Certificate2Collection found = [];
        found.ImportFromPemFile(p);
        return found;
    });

    private static X509Certificate2Collection Where(X509Certificate2Collection certificates, Func<X509Certificate2, bool> wanted)
    {
        X509Certificate2Collection found = [];
        foreach (X509Certificate2 certificate in certificates)
        {
            if (wanted(certificate))
                found.Add(certificate);
        }
        return found;
    }

    private static T Read<T>(string option, string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ArgumentException($"{option} is {path}, which cannot be used: {fault.Message} It must be a PEM file{(option == "--tls-cert" ? ", and --tls-key its private key" : "")}.", fault);
        }
    }
}
