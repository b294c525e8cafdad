using CatGan.Datasets;
using CatGan.Training.Metrics;
using TorchSharp;

namespace CatGan.Training.Evaluation;

/// <summary>Chooses the evaluator of a run.</summary>
internal static class Evaluators
{
    /// <summary>The one that experiments are scored with.</summary>
    public static IEvaluator Create(PictureSet data, TrainingDevice device, RealSides? shared) => new Evaluator(data, torch.device(device.Torch), shared);
}
