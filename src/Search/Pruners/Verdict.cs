namespace CatGan.Search.Pruners;

/// <summary>What is to become of an experiment at a rung.</summary>
internal enum VerdictKind
{
    /// <summary>It trains on.</summary>
    GoOn,

    /// <summary>It leaves, and may go on from this rung's checkpoint later.</summary>
    Pause,

    /// <summary>It ends.</summary>
    Stop,
}

/// <summary>A verdict with its reason, for people; the reason of going on is never shown.</summary>
internal readonly record struct Verdict(VerdictKind Kind, string Reason)
{
    public static Verdict GoOn { get; } = new(VerdictKind.GoOn, "");

    public static Verdict Pause(string reason) => new(VerdictKind.Pause, reason);

    public static Verdict Stop(string reason) => new(VerdictKind.Stop, reason);
}
