using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Serve;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>A server that others than this machine's reach: by a proxy before it, or by itself.</summary>
public sealed class ProxyTests
{
    // Without keys everybody would be admin.
    [Theory]
    [InlineData("--public-url https://cats.example")]
    [InlineData("--allow-host cats.example")]
    [InlineData("--trust-proxy 10.0.0.0/8")]
    public async Task Loopback_AnnouncedToOthersWithoutKeys_DoesNotStart(string words)
    {
        string value = words.Split(' ')[1];
        ServeOptions Announce(ServeOptions options) => words.Split(' ')[0] switch
        {
            "--public-url" => options with { PublicUrl = new(value) },
            "--allow-host" => options with { Hosts = [value] },
            _ => options with { Proxies = ServeOptions.ReadProxies([value]) },
        };
        UserException fault = await Assert.ThrowsAsync<UserException>(() => Site.StartAsync(change: Announce));
        Assert.StartsWith(words, fault.Message);
        await using Site site = await Site.StartAsync(async s => await s.KeyAsync(AccessRole.Admin), Announce);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-Host", "cats.example")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task Loopback_WithoutKeysAskedByAProxy_IsNotOpen(string header, string value)
    {
        await using Site site = await Site.StartAsync();
        Assert.Equal(401, (await site.SendAsync(HttpMethod.Get, "/api/v1/sweeps", headers: (header, value))).Status);
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/api/v1/sweeps")).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignIn_WrongTriesByAProxy_AreCountedByWhomItAsksForWhereItIsTrusted(bool trusted)
    {
        string key = "";
        await using Site site = await Site.StartAsync(async s => key = await s.KeyAsync(AccessRole.Admin), o => o with { Proxies = trusted ? ServeOptions.ReadProxies(["127.0.0.1"]) : [] });
        for (int n = 0; n < 10; n++)
            Assert.False((await SignInAsync(site, "wrong", "203.0.113.7")).Headers.ContainsKey("Set-Cookie"));
        Assert.Equal(429, (await SignInAsync(site, key, "203.0.113.7")).Status);
        Answer other = await SignInAsync(site, key, "198.51.100.3");
        Assert.Equal((trusted ? 302 : 429, trusted), (other.Status, other.Headers.ContainsKey("Set-Cookie")));
    }

    [Theory]
    [InlineData("proxy.example")]
    [InlineData("10.0.0.0/99")]
    public void Proxy_ThatIsNoAddress_IsRefused(string typed) =>
        Assert.Contains($"--trust-proxy is {typed}", Assert.Throws<UserException>(() => ServeOptions.ReadProxies([typed])).Message);

    [Fact]
    public async Task Streams_MoreThanOneMayHaveOpen_AreRefusedAndTheRestGoesOn()
    {
        await using Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store), o => o with { Streams = 2 });
        await using (await Watching.StartAsync(site))
        await using (await Watching.StartAsync(site))
        {
            Answer third = await site.SendAsync(HttpMethod.Get, $"/api/v1/sweeps/{Cats.Id}/events");
            Assert.Equal((429, "1"), (third.Status, third.Headers["Retry-After"]));
            Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/api/v1/sweeps")).Status);
        }
        await Eventually.TrueAsync(async () =>
        {
            using HttpRequestMessage again = new(HttpMethod.Get, $"/api/v1/sweeps/{Cats.Id}/events");
            using HttpResponseMessage answer = await site.Http.SendAsync(again, HttpCompletionOption.ResponseHeadersRead);
            return answer.IsSuccessStatusCode;
        });
    }

    // Clients know the root alone: the server must bring what lies between.
    [Fact]
    public async Task Https_WithAChain_SendsWhatVouchesForItsCertificate()
    {
        string file = Path.GetTempFileName();
        using Issued root = Issued.Make("CN=Root", null), between = Issued.Make("CN=Between", root), own = Issued.Make("CN=localhost", between, authority: false);
        await File.WriteAllTextAsync(file, $"{own.Certificate.ExportCertificatePem()}\n{between.Certificate.ExportCertificatePem()}\n{own.Key.ExportPkcs8PrivateKeyPem()}\n");
        await using Site site = await Site.StartAsync(change: o => o with { Listen = ListenAddress.Parse("https://127.0.0.1:0"), CertificateFile = file });
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, site.Address.Port);
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.Add(root.Certificate);
        await using SslStream stream = new(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy });
        Assert.Equal("CN=localhost", stream.RemoteCertificate!.Subject);
        File.Delete(file);
    }

    private static Task<Answer> SignInAsync(Site site, string key, string from) => site.SendAsync(
        HttpMethod.Post, "/sign-in", body: new FormUrlEncodedContent([new("key", key)]), headers: [("Sec-Fetch-Site", "same-origin"), ("X-Forwarded-For", from)]);

    private sealed record Issued(X509Certificate2 Certificate, RSA Key) : IDisposable
    {
        public static Issued Make(string name, Issued? issuer, bool authority = true)
        {
            RSA key = RSA.Create(2048);
            CertificateRequest request = new(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
            SubjectAlternativeNameBuilder names = new();
            names.AddDnsName("localhost");
            if (!authority)
                request.CertificateExtensions.Add(names.Build());
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            X509Certificate2 certificate = issuer is null
                ? request.CreateSelfSigned(now.AddDays(-2), now.AddDays(2))
                : request.Create(issuer.Certificate.SubjectName, X509SignatureGenerator.CreateForRSA(issuer.Key, RSASignaturePadding.Pkcs1), now.AddDays(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
            return new(certificate, key);
        }

        public void Dispose()
        {
            Certificate.Dispose();
            Key.Dispose();
        }
    }
}
