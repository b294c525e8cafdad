namespace CatGan.Training.Verdicts;

/// <summary>
/// Stuck: a critic that answers the same for everything, so that its loss is nought and the generator gets no
/// direction, and the pictures do not improve.
/// </summary>
internal sealed class CriticSilent : IVerdict
{
    private const double NoLoss = 1e-7;

    public string Flag => Flags.Stuck;

    public string? Judge(EvidenceLog log)
    {
        List<Evidence> last = log.Last;
        return !log.IsRipe || last.Any(e => Math.Abs(e.LossD) > NoLoss) || !log.IsNotImproving
            ? null
            : $"The critic's loss is {last[^1].LossD:G2}: it cannot tell real from fake, and SWD does not improve. Try a larger clip or more hidden maps.";
    }
}
