namespace CatGan.Abstractions.Experiments;

/// <summary>The family of GAN an experiment trains: its loss, constraint and usual critic steps.</summary>
public enum Variant
{
    /// <summary>Binary cross entropy (Goodfellow et al. 2014; Radford et al. 2015).</summary>
    Dcgan,

    /// <summary>Least squares (Mao et al. 2016).</summary>
    Lsgan,

    /// <summary>Wasserstein distance with clipped weights (Arjovsky et al. 2017).</summary>
    Wgan,

    /// <summary>Wasserstein distance with gradient penalty (Gulrajani et al. 2017).</summary>
    WganGp,
}

/// <summary>The optimizer of both networks.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba 2014), eps 1e-8.</summary>
    Adam,

    /// <summary>RMSprop (Hinton 2012), eps 1e-8.</summary>
    RmsProp,
}

/// <summary>How both learning rates change over the budget.</summary>
public enum LearningRateSchedule
{
    /// <summary>They stay.</summary>
    Constant,

    /// <summary>They fall linearly to 0 at the end of the budget.</summary>
    Linear,

    /// <summary>They fall along half a cosine to 0 at the end of the budget.</summary>
    Cosine,
}
