using System.Globalization;
using System.Net;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Serve;

/// <summary>Where <c>catgan serve</c> listens.</summary>
/// <param name="Https">True for TLS.</param>
/// <param name="Address">The address; null for both loopback addresses (<c>localhost</c>).</param>
/// <param name="Port">The port; 0 for a free one.</param>
internal sealed record ListenAddress(bool Https, IPAddress? Address, int Port)
{
    /// <summary>What is listened at when nobody says otherwise.</summary>
    public const string Default = "http://127.0.0.1:8080";

    private const string Form = "http://ADDRESS:PORT or https://ADDRESS:PORT, where ADDRESS is an IP address, localhost, or * for all of this machine";

    /// <summary>True when only processes of this machine reach it.</summary>
    public bool IsLoopback => Address is null || IPAddress.IsLoopback(Address);

    /// <summary>Reads an address that a person typed.</summary>
    /// <exception cref="UserException">It is none.</exception>
    public static ListenAddress Parse(string typed)
    {
        // A star is no host name to Uri.
        bool all = typed.Contains("://*", StringComparison.Ordinal);
        string text = all ? typed.Replace("://*", "://0.0.0.0", StringComparison.Ordinal) : typed;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery is not ("/" or "") || uri.UserInfo.Length > 0)
            throw Fault(typed);
        if (uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return new(uri.Scheme == "https", null, uri.Port);
        return IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address)
            ? new(uri.Scheme == "https", all ? IPAddress.IPv6Any : address, uri.Port)
            : throw Fault(typed);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Https ? "https" : "http")}://{(Address is null ? "localhost" : new IPEndPoint(Address, 0).ToString()[..^2])}:{Port}");

    private static UserException Fault(string typed) => new(ExitCode.BadInput, $"--listen is {typed}, but must be {Form}", $"such as {Default}");
}
