using CatGan.Abstractions.Experiments;

namespace CatGan.Training.TensorBoard;

/// <summary>Takes an experiment's reports as they come, on the training thread.</summary>
internal interface ICurveSink
{
    /// <summary>Takes one report.</summary>
    void Add(CurvePoint point);
}
