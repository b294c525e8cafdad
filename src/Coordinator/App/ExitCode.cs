namespace CatGan.Coordinator.App;

/// <summary>What <c>catgan</c> leaves to the shell; documented in docs/cli.md and in <c>catgan --help</c>.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>It was tried and did not work out: a failed experiment of a finished sweep, a fault of the system.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the spec is wrong; nothing was done.</summary>
    public const int BadInput = 2;

    /// <summary>No such sweep, experiment, data set or checkpoint.</summary>
    public const int NotFound = 3;

    /// <summary>No silo or store could be reached.</summary>
    public const int Unreachable = 4;

    /// <summary>Ctrl-C (128 + SIGINT); a sweep that ran is paused and can be resumed.</summary>
    public const int Interrupted = 130;
}
