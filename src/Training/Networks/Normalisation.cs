namespace CatGan.Training.Networks;

/// <summary>What a network has to keep its activations in range; one of a variant's five parts.</summary>
internal enum Normalisation
{
    /// <summary>Nothing: the WGAN-GP critic, whose penalty is one of each picture alone.</summary>
    None,

    /// <summary>Batch normalisation after every convolution but D's first and the last.</summary>
    BatchNorm,

    /// <summary>SELU in place of batch-norm and activation, which normalises by itself.</summary>
    Selu,
}
