using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using CatGan.Training.Evaluation;
using TorchSharp;

namespace CatGan.Training.Tests.Runs;

/// <summary>
/// Says of everything that its pictures are all the same. A full score lies far below a quick one, as real ones do.
/// </summary>
/// <param name="improvement">What the SWD is multiplied by from score to score.</param>
/// <param name="alike">Whether pictures are all the same in the score of this seed; null for always.</param>
internal sealed class AllAlike(double improvement = 1, Func<long, bool>? alike = null) : IEvaluator
{
    private double _swd = 100;

    public ImmutableSortedDictionary<string, Score> Score(Func<int, torch.Tensor> generate, ScoreSize size, long seed)
    {
        _swd *= improvement;
        double likeness = alike?.Invoke(seed) ?? true ? 0.99 : 0.2;
        double swd = size == TinyRun.Plan(1).FullScore ? _swd / 3 : _swd;
        return ImmutableSortedDictionary<string, Score>.Empty
            .Add("ms_ssim", new Score(likeness, 0.2, 0, size.Pictures, 0))
            .Add("swd", new Score(swd, 5, 0, size.Pictures, size.Patches));
    }

    public byte[]? Draw(torch.Tensor pictures, int columns) => null;

    public void Dispose()
    {
    }
}
