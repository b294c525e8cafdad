namespace CatGan.Coordinator.Keys;

/// <summary>What the bearer of a key may do; each role may all that the ones before may.</summary>
internal enum AccessRole
{
    /// <summary>See everything, change nothing.</summary>
    Viewer,

    /// <summary>Submit sweeps, and do with them whatever the command line can.</summary>
    Operator,

    /// <summary>Also look at keys and at the silos' own dashboard.</summary>
    Admin,
}
