namespace CatGan.Search.Pruners;

/// <summary>One rule that stops experiments early.</summary>
internal interface IPruner
{
    /// <summary>
    /// The verdict on an experiment whose newest full score, not its last, has just been taken.
    /// </summary>
    /// <returns>Why it is to be stopped, for people; null to let it go on.</returns>
    string? Verdict(SweepDefinition definition, Experiment experiment);
}
