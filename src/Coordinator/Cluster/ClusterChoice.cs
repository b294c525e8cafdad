using System.CommandLine;
using CatGan.Abstractions.Cluster;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Cluster;

/// <summary>Which cluster a person points at: by the command line, else by environment or appsettings.json.</summary>
/// <param name="Redis">Where its silos and clients find each other; null for the local silo of a store.</param>
/// <param name="Address">The same as it was typed, secrets included.</param>
/// <param name="Id">Its id; null for the one that the store names.</param>
/// <param name="Tls">Certificate files, absolute; null for connections in the clear.</param>
internal sealed record ClusterChoice(RedisAddress? Redis, string? Address, string? Id, TlsFiles? Tls)
{
    /// <summary>No cluster: each store has a silo of its own.</summary>
    public static ClusterChoice Local { get; } = new(null, null, null, null);

    /// <summary>Reads the choice of one command line.</summary>
    /// <exception cref="UserException">It cannot be understood.</exception>
    public static ClusterChoice Of(ParseResult parse, Surroundings surroundings)
    {
        Settings settings = new(surroundings);
        string? typed = parse.GetValue(CommonOptions.Cluster);
        if ((typed ?? settings[Settings.Cluster]) is not { Length: > 0 } uri)
            return Local;
        RedisAddress redis = RedisAddress.TryParse(uri, out string? fault)
            ?? throw new UserException(ExitCode.BadInput, $"--cluster {fault}", $"give {RedisAddress.Form}");
        string? id = parse.GetValue(CommonOptions.ClusterId) ?? settings[Settings.ClusterId];
        if (id is not null && ClusterNames.IdFault(id) is { } idFault)
            throw new UserException(ExitCode.BadInput, $"--cluster-id {idFault}");
        return new(redis, uri, id, TlsOf(parse, surroundings, settings));
    }

    private static TlsFiles? TlsOf(ParseResult parse, Surroundings surroundings, Settings settings)
    {
        TlsFiles? files = TlsFiles.Of(
            File(CommonOptions.TlsCa, Settings.TlsCa), File(CommonOptions.TlsCert, Settings.TlsCert), File(CommonOptions.TlsKey, Settings.TlsKey), out string? fault);
        return fault is null ? files : throw new UserException(ExitCode.BadInput, fault, "docs/cluster.md tells how to make certificates");

        string? File(Option<string?> option, string setting) => (parse.GetValue(option) ?? settings[setting]) is { } typed ? surroundings.Path(typed) : null;
    }
}
