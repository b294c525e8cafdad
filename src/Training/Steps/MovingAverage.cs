using CatGan.Abstractions.Experiments;
using CatGan.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Steps;

/// <summary>
/// The averaged generator's law (Karras et al. 2020, training/loss of StyleGAN2): an old generator's weight halves
/// every half-life of images, which is never more than a fraction of the images seen so far.
/// </summary>
internal static class MovingAverage
{
    /// <summary>Weight that the average so far keeps when the generator has seen <paramref name="passed"/> more images.</summary>
    /// <param name="options">Half-life in images, and its largest fraction of the images seen.</param>
    /// <param name="images">Images seen by now.</param>
    /// <param name="passed">Images since the generator's update before.</param>
    public static double Keep(ExperimentOptions options, long images, long passed)
    {
        double halfLife = Math.Min(options.EmaHalfLife, options.EmaRampup * images);
        return halfLife <= 0 ? 0 : Math.Pow(0.5, passed / halfLife);
    }

    /// <summary>Moves <paramref name="average"/> towards <paramref name="current"/>; statistics are taken over as they are.</summary>
    public static void Update(Network average, Network current, double keep)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using Scalar old = keep;
        using Scalar fresh = 1 - keep;
        average.Weights.mul_(old).add_(current.Weights, fresh);
        average.Statistics.copy_(current.Statistics);
        average.BatchesTracked = current.BatchesTracked;
    }
}
