namespace CatGan.Training.Verdicts;

/// <summary>
/// A predicate that raises a flag on an experiment that goes nowhere. Looks at the last reports alone, so that it
/// answers the same after a resume.
/// </summary>
internal interface IVerdict
{
    /// <summary>The flag: <c>stuck</c> or <c>collapsed</c>.</summary>
    string Flag { get; }

    /// <summary>The reason in a sentence, with the figures; null when all is well or too young to tell.</summary>
    /// <param name="log">The last scored reports; the newest is now.</param>
    string? Judge(EvidenceLog log);
}
