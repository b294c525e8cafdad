using CatGan.Abstractions.Experiments;

namespace CatGan.Training;

/// <summary>One experiment to train.</summary>
/// <param name="Options">What is trained.</param>
/// <param name="Plan">How long, and what it leaves behind on the way.</param>
/// <param name="Seed">The experiment's seed: decides initial weights, data order and every z.</param>
public sealed record TrainingJob(ExperimentOptions Options, TrainingPlan Plan, long Seed)
{
    /// <summary>
    /// Folder for TensorBoard event files, made when it is not there; null writes none. Read only where
    /// <see cref="TrainingPlan.TensorBoard"/> is on.
    /// </summary>
    public string? EventFolder { get; init; }
}
