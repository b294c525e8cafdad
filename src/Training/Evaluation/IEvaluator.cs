using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using TorchSharp;

namespace CatGan.Training.Evaluation;

/// <summary>
/// Scores and draws what the averaged generator makes. Knows no network and no training state: it asks for pictures.
/// Made once a run, used on the training thread; reals are read and sorted once and kept.
/// </summary>
internal interface IEvaluator : IDisposable
{
    /// <summary>Scores by metric name (<c>swd</c>, <c>ms_ssim</c>); the same arguments and pictures give the same scores.</summary>
    /// <param name="generate">Makes this many fresh fakes: float32 [count, 3, S, S] in [-1, 1] on the CPU, owned by the caller of it.</param>
    /// <param name="size">How much to look at; an evaluator takes less where the data set is smaller.</param>
    /// <param name="seed">Seed of everything drawn by chance here, such as patches and pairs.</param>
    ImmutableSortedDictionary<string, Score> Score(Func<int, torch.Tensor> generate, ScoreSize size, long seed);

    /// <summary>A PNG of the pictures, row by row; null when this evaluator draws none.</summary>
    /// <param name="pictures">float32 [N, 3, S, S] in [-1, 1] on the CPU.</param>
    /// <param name="columns">Pictures a row.</param>
    byte[]? Draw(torch.Tensor pictures, int columns);
}
