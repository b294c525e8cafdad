using static TorchSharp.torch;

namespace CatGan.Training.Networks;

/// <summary>What stands between two convolutions, or at the end.</summary>
internal enum Activation
{
    /// <summary>max(0, x): the generator's.</summary>
    Relu,

    /// <summary>x, or 0.2 x below 0: the discriminator's.</summary>
    LeakyRelu,

    /// <summary>Scaled exponential linear unit (Klambauer et al. 2017).</summary>
    Selu,

    /// <summary>The generator's last one: pictures in [-1, 1].</summary>
    Tanh,

    /// <summary>The discriminator's last one where its loss is binary cross entropy.</summary>
    Sigmoid,
}

/// <summary>
/// An activation, computed in place: what stands before it (a convolution or batch-norm) does not need its own
/// output for its gradient.
/// </summary>
internal sealed class ActivationLayer(Activation kind) : ILayer
{
    private const double LeakySlope = 0.2;

    public Tensor Forward(Tensor x, ForwardMode mode) => kind switch
    {
        Activation.Relu => nn.functional.relu(x, inplace: true),
        Activation.LeakyRelu => nn.functional.leaky_relu(x, LeakySlope, inplace: true),
        Activation.Selu => nn.functional.selu(x, inplace: true),
        Activation.Tanh => x.tanh(),
        _ => x.sigmoid(),
    };
}
