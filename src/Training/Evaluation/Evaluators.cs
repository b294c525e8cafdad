using CatGan.Datasets;

namespace CatGan.Training.Evaluation;

/// <summary>Chooses the evaluator of a run.</summary>
internal static class Evaluators
{
    /// <summary>The one that experiments are scored with.</summary>
    public static IEvaluator Create(PictureSet data, TrainingDevice device)
    {
        _ = (data, device);
        return new NoEvaluation();
    }
}
