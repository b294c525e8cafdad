namespace CatGan.Coordinator.Doctor;

/// <summary>How one thing was found.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Well,

    /// <summary>It works, but not as well or as surely as it could.</summary>
    Warning,

    /// <summary>CatGan does not work with it.</summary>
    Fault,
}

/// <summary>What a check found.</summary>
/// <param name="What">The thing, in a word or two.</param>
/// <param name="Verdict">How it was found.</param>
/// <param name="Said">What was found, with figures.</param>
/// <param name="Cure">What to do about it; null when there is nothing to do.</param>
internal sealed record Finding(string What, Verdict Verdict, string Said, string? Cure = null)
{
    /// <summary>All is well with it.</summary>
    public static Finding Well(string what, string said) => new(what, Verdict.Well, said);

    /// <summary>It works, with a drawback.</summary>
    public static Finding Warning(string what, string said, string cure) => new(what, Verdict.Warning, said, cure);

    /// <summary>It does not work.</summary>
    public static Finding Fault(string what, string said, string cure) => new(what, Verdict.Fault, said, cure);
}
