using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Remote;

namespace CatGan.Coordinator.App;

/// <summary>Everything a command takes from the process it runs in, so that tests can give their own.</summary>
internal sealed record Surroundings
{
    /// <summary>Results: what a script reads.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress, hints and errors: what a person reads.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Folder that relative paths start from.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Environment variables; null where one is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>True when <see cref="Out"/> is a terminal that can redraw a table.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>Cancelled by the first Ctrl-C.</summary>
    public required CancellationToken Interrupted { get; init; }

    /// <summary>The cluster that the command line, environment or appsettings.json point at.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.Local;

    /// <summary>The server to go to in place of store and silos; null for none.</summary>
    public ServerChoice? Server { get; init; }

    /// <summary>Makes what joins and starts silos.</summary>
    public required Func<Surroundings, IClusterDoor> Door { get; init; }

    /// <summary>Absolute path of a path that a person typed.</summary>
    public string Path(string typed) => System.IO.Path.GetFullPath(typed, WorkingDirectory);
}
