namespace CatGan.Training.Verdicts;

/// <summary>The flags a report can carry, as a spec's <c>stop_on</c> and a reader know them.</summary>
internal static class Flags
{
    /// <summary>Something is not finite; always ends the experiment.</summary>
    public const string Diverged = "diverged";

    /// <summary>The networks no longer teach each other anything.</summary>
    public const string Stuck = "stuck";

    /// <summary>The generator makes the same few pictures.</summary>
    public const string Collapsed = "collapsed";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Diverged, Stuck, Collapsed];
}
