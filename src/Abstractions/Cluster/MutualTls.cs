using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;

namespace CatGan.Abstractions.Cluster;

/// <summary>
/// TLS on the connections of Orleans, between silos and from clients: both sides show a certificate, and each trusts
/// those of one CA and no other. Host names are not compared, since silos know each other by address: who holds a
/// certificate of the CA belongs to the cluster. A side that is silent is dropped after <see cref="HandshakeLimit"/>.
/// </summary>
/// <param name="certificates">The own certificate and the CA.</param>
/// <param name="time">The clock of the limit.</param>
/// <param name="refused">Hears why a connection was dropped.</param>
public sealed class MutualTls(TlsCertificates certificates, TimeProvider time, Action<string> refused)
{
    /// <summary>How long a handshake may take.</summary>
    public static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Protects connections that others open to this side.</summary>
    public void Inbound(IConnectionBuilder builder) => Use(builder, (stream, cancel) => stream.AuthenticateAsServerAsync(
        new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificates.Own,
            ClientCertificateRequired = true,
            CertificateChainPolicy = certificates.Policy(),
            RemoteCertificateValidationCallback = (_, _, _, faults) => Trusted(faults),
        },
        cancel));

    /// <summary>Protects connections that this side opens.</summary>
    public void Outbound(IConnectionBuilder builder) => Use(builder, (stream, cancel) => stream.AuthenticateAsClientAsync(
        new SslClientAuthenticationOptions
        {
            TargetHost = ClusterNames.Service,
            ClientCertificateContext = certificates.Own,
            CertificateChainPolicy = certificates.Policy(),
            RemoteCertificateValidationCallback = (_, _, _, faults) => Trusted(faults),
        },
        cancel));

    private static bool Trusted(SslPolicyErrors faults) => (faults & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None;

    private void Use(IConnectionBuilder builder, Func<SslStream, CancellationToken, Task> handshake) =>
        builder.Use(next => context => RunAsync(next, context, handshake));

    private async Task RunAsync(ConnectionDelegate next, ConnectionContext context, Func<SslStream, CancellationToken, Task> handshake)
    {
        IDuplexPipe plain = context.Transport;
        await using SslStream stream = new(new PipeStream(plain), leaveInnerStreamOpen: false);
        if (!await ShakeAsync(stream, context, handshake))
            return;
        context.Transport = new StreamPipe(stream);
        try
        {
            await next(context);
        }
        finally
        {
            await context.Transport.Input.CompleteAsync();
            await context.Transport.Output.CompleteAsync();
            context.Transport = plain;
        }
    }

    private async Task<bool> ShakeAsync(SslStream stream, ConnectionContext context, Func<SslStream, CancellationToken, Task> handshake)
    {
        using CancellationTokenSource late = new(HandshakeLimit, time);
        try
        {
            await handshake(stream, late.Token);
            return true;
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            string why = late.IsCancellationRequested ? $"no handshake within {HandshakeLimit.TotalSeconds:0} s" : (fault.InnerException ?? fault).Message;
            refused($"the connection with {context.RemoteEndPoint} is refused: {why}");
            context.Abort(new ConnectionAbortedException(why));
            return false;
        }
    }

    private sealed class StreamPipe(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }
}
