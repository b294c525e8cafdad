namespace CatGan.Silo;

/// <summary>How the process ends; see docs/cluster.md.</summary>
internal static class ExitCodes
{
    /// <summary>Asked to end, or idle.</summary>
    public const int Done = 0;

    /// <summary>The command line or the store's URI is wrong, the health port is taken, or this machine computes wrongly: starting it again changes nothing.</summary>
    public const int Usage = 2;

    /// <summary>Another local silo is in charge of the store.</summary>
    public const int Taken = 3;

    /// <summary>The store, Redis or the other silos could not be reached, or a port of the cluster's is taken.</summary>
    public const int Unreachable = 4;

    /// <summary>The cluster has forgotten this silo or holds it for dead: a fresh one may join.</summary>
    public const int Expelled = 5;
}
