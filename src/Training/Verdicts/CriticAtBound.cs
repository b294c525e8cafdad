namespace CatGan.Training.Verdicts;

/// <summary>
/// Stuck: practically all weights of a clipped critic sit at ±clip, so that it can only be one simple function
/// (Gulrajani et al. 2017, section 3), and the pictures do not improve.
/// </summary>
internal sealed class CriticAtBound : IVerdict
{
    private const double PracticallyAll = 0.98;

    public string Flag => Flags.Stuck;

    public string? Judge(EvidenceLog log)
    {
        List<Evidence> last = log.Last;
        return !log.IsRipe || last.Any(e => e.AtBound is not >= PracticallyAll) || !log.IsNotImproving
            ? null
            : $"{last[^1].AtBound:P1} of the critic's weights sit at the clip bound while SWD does not improve. Try another clip, fewer hidden maps or wgan-gp.";
    }
}
