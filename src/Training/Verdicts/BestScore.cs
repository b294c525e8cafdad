using CatGan.Abstractions.Experiments;

namespace CatGan.Training.Verdicts;

/// <summary>The best SWD among scores that can be compared with each other.</summary>
/// <param name="Size">What all of them looked at.</param>
/// <param name="Swd">The lowest of them.</param>
internal sealed record BestScore(ScoreSize Size, double Swd);
