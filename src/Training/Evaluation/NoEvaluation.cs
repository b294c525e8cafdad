using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using TorchSharp;

namespace CatGan.Training.Evaluation;

/// <summary>Scores nothing and draws nothing: for timing the training alone.</summary>
internal sealed class NoEvaluation : IEvaluator
{
    public ImmutableSortedDictionary<string, Score> Score(Func<int, torch.Tensor> generate, ScoreSize size, long seed) =>
        ImmutableSortedDictionary<string, Score>.Empty;

    public byte[]? Draw(torch.Tensor pictures, int columns) => null;

    public void Dispose()
    {
    }
}
