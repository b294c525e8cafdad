namespace CatGan.Abstractions.Experiments;

/// <summary>
/// Everything that decides what one experiment trains, apart from its seed, data and budget. Made from a preset
/// and overrides by <see cref="ExperimentSettings"/>, which also holds every range.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record ExperimentOptions
{
    /// <summary>Name of the preset these options started from.</summary>
    [Id(0)] public required string Preset { get; init; }

    /// <summary>Family of GAN.</summary>
    [Id(1)] public required Variant Variant { get; init; }

    /// <summary>SELU in place of batch-norm and activation in both networks (Klambauer et al. 2017).</summary>
    [Id(2)] public bool Selu { get; init; }

    /// <summary>Side of the pictures in pixels, a power of two from 16 to 256.</summary>
    [Id(3)] public int Size { get; init; } = 64;

    /// <summary>Length of the generator's input vector.</summary>
    [Id(4)] public int Z { get; init; } = 100;

    /// <summary>Feature maps of the generator's last hidden layer; each layer before has twice as many.</summary>
    [Id(5)] public int HiddenG { get; init; } = 128;

    /// <summary>Feature maps of the discriminator's first layer; each further one has twice as many.</summary>
    [Id(6)] public int HiddenD { get; init; } = 128;

    /// <summary>Pictures a batch.</summary>
    [Id(7)] public int Batch { get; init; } = 64;

    /// <summary>Optimizer of both networks.</summary>
    [Id(8)] public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Learning rate of the discriminator.</summary>
    [Id(9)] public double LrD { get; init; }

    /// <summary>Learning rate of the generator.</summary>
    [Id(10)] public double LrG { get; init; }

    /// <summary>Adam's first-moment decay.</summary>
    [Id(11)] public double Beta1 { get; init; } = 0.5;

    /// <summary>Adam's second-moment decay.</summary>
    [Id(12)] public double Beta2 { get; init; } = 0.999;

    /// <summary>RMSprop's decay.</summary>
    [Id(13)] public double Alpha { get; init; } = 0.99;

    /// <summary>L2 penalty on the weights of both networks, as the optimizer applies it.</summary>
    [Id(14)] public double WeightDecay { get; init; }

    /// <summary>How both learning rates change over the budget.</summary>
    [Id(15)] public LearningRateSchedule LrSchedule { get; init; }

    /// <summary>Discriminator updates for each generator update.</summary>
    [Id(16)] public int NCritic { get; init; } = 1;

    /// <summary>
    /// In the first this many generator updates, and in every 500th, the critic is trained 100 times instead of
    /// <see cref="NCritic"/>; 0 turns both off. (Arjovsky et al.'s published code: 25.)
    /// </summary>
    [Id(17)] public int Warmup { get; init; }

    /// <summary>Bound that every critic parameter is clamped to after each critic step; wgan only.</summary>
    [Id(18)] public double Clip { get; init; } = 0.01;

    /// <summary>Weight of the gradient penalty; wgan-gp only.</summary>
    [Id(19)] public double Penalty { get; init; } = 10;

    /// <summary>LSGAN's a: what the discriminator should answer for fakes.</summary>
    [Id(20)] public double LabelFake { get; init; }

    /// <summary>LSGAN's b: what the discriminator should answer for reals.</summary>
    [Id(21)] public double LabelReal { get; init; } = 1;

    /// <summary>LSGAN's c: what the generator wants the discriminator to answer for fakes.</summary>
    [Id(22)] public double LabelWanted { get; init; } = 1;

    /// <summary>Mirror each real picture left to right with probability one half.</summary>
    [Id(23)] public bool Flip { get; init; }

    /// <summary>Images in which the weight of an old generator in the averaged one halves.</summary>
    [Id(24)] public double EmaHalfLife { get; init; } = 10_000;

    /// <summary>The half-life is never more than this fraction of the images seen so far (Karras et al. 2020).</summary>
    [Id(25)] public double EmaRampup { get; init; } = 0.05;
}
