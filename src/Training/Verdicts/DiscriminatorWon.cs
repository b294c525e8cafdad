namespace CatGan.Training.Verdicts;

/// <summary>
/// Stuck: the discriminator tells real from fake without any error left, the generator's loss stands still, and the
/// pictures do not improve. A young discriminator may win for a while; a healthy generator comes back.
/// </summary>
internal sealed class DiscriminatorWon : IVerdict
{
    private const double NoLoss = 1e-3;
    private const double Frozen = 0.05;

    public string Flag => Flags.Stuck;

    public string? Judge(EvidenceLog log)
    {
        List<Evidence> last = log.Last;
        if (!log.IsRipe || last.Any(e => e.LossD > NoLoss || e.LossG is null) || !log.IsNotImproving)
            return null;
        double low = last.Min(e => e.LossG!.Value), high = last.Max(e => e.LossG!.Value);
        return high - low > Frozen * Math.Max(Math.Abs(high), Math.Abs(low)) && last[^1].LossD > 0
            ? null
            : $"The discriminator's loss is {last[^1].LossD:G2} and the generator's stands at {last[^1].LossG:G3} while SWD does not improve: "
                + "the generator learns nothing any more. Try a lower lr_d or a higher lr_g.";
    }
}
