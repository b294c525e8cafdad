namespace CatGan.Training.Verdicts;

/// <summary>
/// Collapsed: fakes are far more alike than real pictures are, by MS-SSIM of pairs (Odena et al. 2017, section 4.2).
/// A young generator's are too, so that only likeness that lasts while SWD does not improve counts.
/// </summary>
internal sealed class Collapsed : IVerdict
{
    /// <summary>Share of the way from the real pictures' likeness to identity.</summary>
    private const double FarAbove = 0.5;

    public string Flag => Flags.Collapsed;

    public string? Judge(EvidenceLog log)
    {
        List<Evidence> last = log.Last;
        return !log.IsRipe || !last.All(IsFarAbove) || !log.IsNotImproving
            ? null
            : $"Pairs of fakes have an MS-SSIM of {last[^1].MsSsim:F2}, pairs of real pictures {last[^1].MsSsimOfReals:F2}: the generator makes the same few pictures.";
    }

    private static bool IsFarAbove(Evidence e) =>
        e is { MsSsim: { } fakes, MsSsimOfReals: { } reals } && fakes > reals + (FarAbove * (1 - reals));
}
