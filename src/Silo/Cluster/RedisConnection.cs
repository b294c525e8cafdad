using StackExchange.Redis;

namespace CatGan.Abstractions.Cluster;

/// <summary>
/// How silos and clients reach their Redis. The coordinator compiles this file too: the two share no project that may
/// know of Redis.
/// </summary>
internal static class RedisConnection
{
    private const int Milliseconds = 5000;

    /// <summary>The options of a connection.</summary>
    /// <param name="redis">Where it is, and as whom to sign in.</param>
    /// <param name="tls">
    /// For <c>rediss://</c>: beside the CAs of the machine the cluster's own counts, and the own certificate is shown to who asks
    /// for one. Null to go by the machine's CAs alone.
    /// </param>
    /// <param name="name">What Redis lists the connection as.</param>
    public static ConfigurationOptions Options(RedisAddress redis, TlsFiles? tls, string name)
    {
        ConfigurationOptions options = new()
        {
            EndPoints = { { redis.Host, redis.Port } },
            User = redis.User,
            Password = redis.Password,
            DefaultDatabase = redis.Database,
            Ssl = redis.Tls,
            SslHost = redis.Tls ? redis.Host : null,
            ClientName = name,
            ConnectTimeout = Milliseconds,
            AsyncTimeout = Milliseconds,
        };
        if (redis.Tls && tls is not null)
        {
            options.TrustIssuer(tls.Ca ?? tls.Certificate);
            options.SetUserPemCertificate(tls.Certificate, tls.Key);
        }
        return options;
    }
}
