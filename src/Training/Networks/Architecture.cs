using System.Numerics;
using CatGan.Abstractions.Experiments;

namespace CatGan.Training.Networks;

/// <summary>
/// The layers of both networks as in the 2017 experiment: kernel 4, stride 2, as many layers as bring the side down
/// to 4, the width doubled (or halved) a layer. The list's places are PyTorch's <c>nn.Sequential</c> indices.
/// </summary>
internal static class Architecture
{
    private const int SmallestSide = 4;
    private const int Channels = 3;

    /// <summary>z [N, Z, 1, 1] to pictures [N, 3, S, S] in [-1, 1].</summary>
    public static IReadOnlyList<ILayer> Generator(ExperimentOptions options, Normalisation normalisation)
    {
        List<ILayer> layers = [];
        int width = options.HiddenG << (Steps(options.Size) - 1);
        AddBlock(layers, new ConvolutionLayer(options.Z, width, stride: 1, padding: 0, transposed: true), width, normalisation, Activation.Relu);
        for (; width > options.HiddenG; width /= 2) // [N, width, s, s] -> [N, width / 2, 2s, 2s]
            AddBlock(layers, new ConvolutionLayer(width, width / 2, stride: 2, padding: 1, transposed: true), width / 2, normalisation, Activation.Relu);
        layers.Add(new ConvolutionLayer(options.HiddenG, Channels, stride: 2, padding: 1, transposed: true));
        layers.Add(new ActivationLayer(Activation.Tanh));
        return layers;
    }

    /// <summary>Pictures [N, 3, S, S] to one number each, [N, 1, 1, 1].</summary>
    public static IReadOnlyList<ILayer> Discriminator(ExperimentOptions options, Normalisation normalisation, bool sigmoid)
    {
        List<ILayer> layers = [];
        // No batch-norm in the first layer, whatever the others have.
        Normalisation first = normalisation == Normalisation.BatchNorm ? Normalisation.None : normalisation;
        int width = options.HiddenD;
        AddBlock(layers, new ConvolutionLayer(Channels, width, stride: 2, padding: 1, transposed: false), width, first, Activation.LeakyRelu);
        for (int step = 1; step < Steps(options.Size); step++, width *= 2) // [N, width, s, s] -> [N, 2 width, s / 2, s / 2]
            AddBlock(layers, new ConvolutionLayer(width, width * 2, stride: 2, padding: 1, transposed: false), width * 2, normalisation, Activation.LeakyRelu);
        layers.Add(new ConvolutionLayer(width, 1, stride: 1, padding: 0, transposed: false));
        if (sigmoid)
            layers.Add(new ActivationLayer(Activation.Sigmoid));
        return layers;
    }

    private static void AddBlock(List<ILayer> layers, ConvolutionLayer convolution, int width, Normalisation normalisation, Activation activation)
    {
        layers.Add(convolution);
        if (normalisation == Normalisation.BatchNorm)
            layers.Add(new BatchNormLayer(width));
        layers.Add(new ActivationLayer(normalisation == Normalisation.Selu ? Activation.Selu : activation));
    }

    /// <summary>Halvings from the picture's side down to 4.</summary>
    private static int Steps(int size) => BitOperations.Log2((uint)(size / SmallestSide));
}
