namespace CatGan.Silo;

/// <summary>How the process ends.</summary>
internal static class ExitCodes
{
    /// <summary>Asked to end, or idle.</summary>
    public const int Done = 0;

    /// <summary>The command line or the store's URI is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Another local silo is in charge of the store.</summary>
    public const int Taken = 3;
}
