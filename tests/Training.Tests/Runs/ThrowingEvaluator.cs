using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using CatGan.Abstractions.Experiments;
using CatGan.Training.Evaluation;
using TorchSharp;

namespace CatGan.Training.Tests.Runs;

/// <summary>Fails in the middle of a run, as a device may.</summary>
internal sealed class ThrowingEvaluator(Exception exception) : IEvaluator
{
    [SuppressMessage("Usage", "CA2201", Justification = "It is what TorchSharp throws.")]
    public static ThrowingEvaluator Saying(string message) => new(new ExternalException(message));

    public ImmutableSortedDictionary<string, Score> Score(Func<int, torch.Tensor> generate, ScoreSize size, long seed) => throw exception;

    public byte[]? Draw(torch.Tensor pictures, int columns) => null;

    public void Dispose()
    {
    }
}
