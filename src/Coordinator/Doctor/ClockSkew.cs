namespace CatGan.Coordinator.Doctor;

/// <summary>What is said of a clock that differs from this machine's.</summary>
internal static class ClockSkew
{
    private static readonly TimeSpan Much = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TooMuch = TimeSpan.FromSeconds(60);

    /// <summary>The finding.</summary>
    /// <param name="whose">The other clock's owner.</param>
    /// <param name="theirs">What the other clock said.</param>
    /// <param name="from">This machine's clock before it was asked.</param>
    /// <param name="to">And after.</param>
    /// <param name="grain">The least that the other clock tells apart.</param>
    public static Finding Of(string whose, DateTimeOffset theirs, DateTimeOffset from, DateTimeOffset to, TimeSpan grain)
    {
        // Anything between question and answer is no difference at all.
        TimeSpan off = theirs + grain < from ? from - theirs - grain : theirs > to ? theirs - to : TimeSpan.Zero;
        string said = off == TimeSpan.Zero ? $"as {whose}" : $"{off.TotalSeconds:0.0} s {(theirs > to ? "behind" : "ahead of")} {whose}";
        const string cure = "let a time service set the clocks of all machines (systemd-timesyncd, chrony): members of a cluster judge each other's signs of life by them";
        return off >= TooMuch ? Finding.Fault("clock", said, cure)
            : off >= Much ? Finding.Warning("clock", said, cure)
            : Finding.Well("clock", said);
    }
}
