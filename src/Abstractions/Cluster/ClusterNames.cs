using System.Text.RegularExpressions;

namespace CatGan.Abstractions.Cluster;

/// <summary>What silos and clients must name alike to find each other.</summary>
public static partial class ClusterNames
{
    /// <summary>Orleans' service id: the same for all clusters of CatGan.</summary>
    public const string Service = "catgan";

    /// <summary>The key of Redis under which the members of a cluster are listed.</summary>
    public static string MembersKey(string cluster) => $"{Service}/members/{cluster}";

    /// <summary>What is wrong with a cluster's id; null when nothing is.</summary>
    public static string? IdFault(string id) => Id().IsMatch(id) ? null : $"is '{id}', but must be 1 to 64 letters, digits, dots, dashes and underscores";

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex Id();
}
