using CatGan.Abstractions.Experiments;
using CatGan.Training.Networks;
using CatGan.Training.Optimizers;

namespace CatGan.Training.Variants;

/// <summary>Parts that most families choose by the same options.</summary>
internal static class CommonParts
{
    /// <summary>Batch-norm, or SELU in its place.</summary>
    public static Normalisation Normalisation(ExperimentOptions options) =>
        options.Selu ? Networks.Normalisation.Selu : Networks.Normalisation.BatchNorm;

    /// <summary>The optimizer that the options name, for either network.</summary>
    public static Func<Network, IOptimizer> Optimizer(ExperimentOptions options) => options.Optimizer == OptimizerKind.Adam
        ? network => new AdamOptimizer(network, options.Beta1, options.Beta2, options.WeightDecay)
        : network => new RmsPropOptimizer(network, options.Alpha, options.WeightDecay);
}
