using CatGan.Abstractions.Experiments;

namespace CatGan.Training.Verdicts;

/// <summary>What a scored report tells the verdicts.</summary>
/// <param name="Images">Images shown so far.</param>
/// <param name="Updates">Generator updates so far.</param>
/// <param name="Young">True before the end of the run's <see cref="Youth"/>.</param>
/// <param name="LossD">Mean discriminator loss since the report before.</param>
/// <param name="LossG">Mean generator loss since the report before; null when it was not trained.</param>
/// <param name="AtBound">Fraction of the critic's weights at the clip bound; null where there is none.</param>
/// <param name="Swd">The averaged generator's SWD (lower is better); null without one.</param>
/// <param name="Size">What the SWD looked at: only scores of one size can be compared.</param>
/// <param name="MsSsim">Mean MS-SSIM of pairs of fakes; null without one.</param>
/// <param name="MsSsimOfReals">The same of pairs of real pictures.</param>
internal sealed record Evidence(
    long Images, long Updates, bool Young, double LossD, double? LossG, double? AtBound, double? Swd, ScoreSize Size, double? MsSsim, double? MsSsimOfReals);
