using System.Globalization;

namespace CatGan.Abstractions.Cluster;

/// <summary>The Redis in which silos and clients find each other: what <c>--cluster</c> names.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Port, 1 to 65535.</param>
/// <param name="User">User of Redis' access lists; null for the default one.</param>
/// <param name="Password">Password; null for none.</param>
/// <param name="Database">Number of the database, 0 and up.</param>
/// <param name="Tls">True for <c>rediss://</c>: the connection is encrypted and the server's certificate checked.</param>
public sealed record RedisAddress(string Host, int Port, string? User, string? Password, int Database, bool Tls)
{
    /// <summary>The forms an address may have, for messages.</summary>
    public const string Form = "redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], or rediss:// for TLS";

    /// <summary>The port of a Redis that names none.</summary>
    public const int DefaultPort = 6379;

    /// <summary>Reads an address.</summary>
    /// <param name="uri">In one of the forms of <see cref="Form"/>; percent signs escape characters of user and password.</param>
    /// <param name="fault">What is wrong with it, without the secret that it may hold; null when nothing is.</param>
    /// <returns>Null when it is none.</returns>
    public static RedisAddress? TryParse(string uri, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(uri);
        fault = null;
        if (!Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed) || parsed.Scheme is not ("redis" or "rediss"))
            fault = "is no address of a Redis";
        else if (parsed.Host.Length == 0)
            fault = "names no host";
        else if (parsed.Query.Length > 0 || parsed.Fragment.Length > 0)
            fault = "has more behind the database, which is not understood";
        else if (!IsDatabase(parsed.AbsolutePath, out int database))
            fault = $"has the database '{parsed.AbsolutePath.TrimStart('/')}', which is no number";
        else
            return Of(parsed, database);
        return null;
    }

    /// <summary>The address without its password, for messages and logs.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Tls ? "rediss" : "redis")}://{(User is null && Password is null ? "" : $"{User}:***@")}{Host}:{Port}{(Database == 0 ? "" : $"/{Database}")}");

    private static RedisAddress Of(Uri uri, int database)
    {
        string[] secret = uri.UserInfo.Split(':', 2);
        string? user = secret[0].Length > 0 ? Uri.UnescapeDataString(secret[0]) : null;
        string? password = secret.Length > 1 ? Uri.UnescapeDataString(secret[1]) : null;
        return new RedisAddress(uri.DnsSafeHost, uri.Port > 0 ? uri.Port : DefaultPort, user, password, database, uri.Scheme == "rediss");
    }

    private static bool IsDatabase(string path, out int database)
    {
        database = 0;
        string text = path.Trim('/');
        return text.Length == 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out database);
    }
}
