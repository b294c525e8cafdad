using System.IO.Pipelines;
using System.Text;
using CatGan.Abstractions.Cluster;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Abstractions.Tests.Cluster;

/// <summary>Both ends of a connection with real certificates.</summary>
public sealed class MutualTlsTests : IDisposable
{
    private readonly TestCa _ours = new("ours");
    private readonly TestCa _theirs = new("theirs");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<string> _refused = [];

    [Fact]
    public async Task Connection_BothOfOneCa_CarriesBytesBothWays()
    {
        (ConnectionContext client, ConnectionContext server) = Pair();
        Task<string> echo = TalkAsync(client, Outbound(_ours.Issue("a")), "meow");
        Task serving = EchoAsync(server, Inbound(_ours.Issue("b")));
        Assert.Equal("meow", await echo.WaitAsync(TimeSpan.FromSeconds(30)));
        await serving.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(_refused);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_OneSideOfAnotherCa_IsRefused(bool client)
    {
        (ConnectionContext at, ConnectionContext there) = Pair();
        TlsFiles own = _ours.Issue("own"), strange = _theirs.Issue("strange") with { Ca = _ours.Root };
        Task<string> talk = TalkAsync(at, Outbound(client ? strange : own), "meow");
        Task serving = EchoAsync(there, Inbound(client ? own : strange));
        await serving.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAnyAsync<Exception>(() => talk.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.NotEmpty(_refused);
    }

    [Fact]
    public async Task Connection_Plaintext_IsRefused()
    {
        (ConnectionContext client, ConnectionContext server) = Pair();
        bool reached = false;
        Task serving = RunAsync(server, Inbound(_ours.Issue("b")), _ => Task.FromResult(reached = true));
        await client.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: cats\r\n\r\n"));
        await serving.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(reached);
        Assert.Single(_refused);
    }

    [Fact]
    public async Task Connection_ClientWithoutACertificate_IsRefused()
    {
        (ConnectionContext client, ConnectionContext server) = Pair();
        bool reached = false;
        Task serving = RunAsync(server, Inbound(_ours.Issue("b")), _ => Task.FromResult(reached = true));
        await using System.Net.Security.SslStream bare = new(new PipeStream(client.Transport), false, (_, certificate, _, _) => certificate is not null);
        await bare.AuthenticateAsClientAsync("cats").ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(30));
        await serving.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(reached);
    }

    [Fact]
    public async Task Connection_SilentClient_IsDroppedAtTheLimit()
    {
        (_, ConnectionContext server) = Pair();
        Task serving = RunAsync(server, Inbound(_ours.Issue("b")), _ => Task.CompletedTask);
        _time.Advance(MutualTls.HandshakeLimit - TimeSpan.FromMilliseconds(1));
        Assert.False(serving.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await serving.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("no handshake within 10 s", Assert.Single(_refused));
    }

    [Fact]
    public void Load_OnePemWithCertificateKeyAndRoot_NeedsNoOtherFile()
    {
        TlsFiles files = _ours.Issue("a");
        string one = _ours.Write("one.pem", string.Concat(new[] { files.Certificate, files.Key!, files.Ca! }.Select(f => File.ReadAllText(f) + "\n")));
        using TlsCertificates read = TlsCertificates.Load(new TlsFiles(one, null, null), _time);
        Assert.Equal("CN=ours", Assert.Single(read.Roots).Subject);
        Assert.Equal("CN=a", read.Own.TargetCertificate.Subject);
    }

    [Fact]
    public void Load_BadFiles_AreNamed()
    {
        TlsFiles good = _ours.Issue("a"), other = _ours.Issue("b");
        string text = _ours.Write("text.pem", "no certificate");
        Assert.Contains("--tls-cert is /nowhere.pem", Fault(good with { Certificate = "/nowhere.pem" }));
        Assert.Contains("--tls-key its private key", Fault(good with { Key = other.Key }));
        Assert.Contains("--tls-ca is " + text, Fault(good with { Ca = text }));
        Assert.Contains("holds no certificate of a CA", Fault(good with { Ca = null }));
        Assert.Contains("valid from 2020-01-01", Fault(_ours.Issue("old", new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero))));
    }

    [Theory]
    [InlineData("ca", null, null, "--tls-ca is given without --tls-cert")]
    [InlineData(null, null, "key", "--tls-key is given without --tls-cert")]
    [InlineData(null, null, null, null)]
    [InlineData(null, "cert", null, null)]
    public void Files_OfOptions_NeedACertificate(string? ca, string? certificate, string? key, string? expected)
    {
        TlsFiles? files = TlsFiles.Of(ca, certificate, key, out string? fault);
        Assert.Equal(certificate is null, files is null);
        Assert.Equal(expected is null, fault is null);
        Assert.Contains(expected ?? "", fault ?? "");
    }

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
    }

    private string Fault(TlsFiles files) => Assert.Throws<ArgumentException>(() => TlsCertificates.Load(files, _time)).Message;

    private Action<IConnectionBuilder> Inbound(TlsFiles files) => new MutualTls(TlsCertificates.Load(files, _time), _time, Refuse).Inbound;

    private Action<IConnectionBuilder> Outbound(TlsFiles files) => new MutualTls(TlsCertificates.Load(files, _time), _time, Refuse).Outbound;

    private void Refuse(string why)
    {
        lock (_refused)
            _refused.Add(why);
    }

    private static async Task<string> TalkAsync(ConnectionContext context, Action<IConnectionBuilder> tls, string said)
    {
        string? heard = null;
        await RunAsync(context, tls, async protectedOne =>
        {
            await protectedOne.Transport.Output.WriteAsync(Encoding.UTF8.GetBytes(said));
            ReadResult read = await protectedOne.Transport.Input.ReadAtLeastAsync(said.Length);
            heard = Encoding.UTF8.GetString(read.Buffer);
            protectedOne.Transport.Input.AdvanceTo(read.Buffer.End);
        });
        return heard == said ? heard : throw new IOException("it was refused");
    }

    private static Task EchoAsync(ConnectionContext context, Action<IConnectionBuilder> tls) => RunAsync(context, tls, async protectedOne =>
    {
        ReadResult read = await protectedOne.Transport.Input.ReadAsync();
        foreach (ReadOnlyMemory<byte> part in read.Buffer)
            await protectedOne.Transport.Output.WriteAsync(part);
        protectedOne.Transport.Input.AdvanceTo(read.Buffer.End);
    });

    private static async Task RunAsync(ConnectionContext context, Action<IConnectionBuilder> tls, Func<ConnectionContext, Task> talk)
    {
        ConnectionBuilder builder = new(new NoServices());
        tls(builder);
        builder.Run(protectedOne => talk(protectedOne));
        try
        {
            await builder.Build()(context);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The other side refused while this one already talked.
        }
        finally
        {
            await context.Transport.Output.CompleteAsync();
            await context.Transport.Input.CompleteAsync();
        }
    }

    private static (ConnectionContext Client, ConnectionContext Server) Pair()
    {
        Pipe up = new(), down = new();
        return (new DefaultConnectionContext("client", new Ends(down.Reader, up.Writer), new Ends(up.Reader, down.Writer)),
            new DefaultConnectionContext("server", new Ends(up.Reader, down.Writer), new Ends(down.Reader, up.Writer)));
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
