using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Native;

/// <summary>Computes convolutions of the networks' shapes in 32 bits and in 64, which oneDNN has no part in.</summary>
internal static class ConvolutionProbe
{
    private const int Kernel = 4;

    // First and last layers, where the picture is one pixel or the kernel as large as the picture, and those between; few and many channels.
    private static readonly ConvolutionShape[] Shapes =
    [
        new(Transposed: true, Batch: 16, Inputs: 8, Outputs: 16, Side: 1, Stride: 1, Padding: 0),
        new(Transposed: true, Batch: 8, Inputs: 100, Outputs: 32, Side: 1, Stride: 1, Padding: 0),
        new(Transposed: true, Batch: 8, Inputs: 48, Outputs: 24, Side: 4, Stride: 2, Padding: 1),
        new(Transposed: true, Batch: 1, Inputs: 48, Outputs: 24, Side: 8, Stride: 2, Padding: 1),
        new(Transposed: true, Batch: 16, Inputs: 8, Outputs: 3, Side: 8, Stride: 2, Padding: 1),
        new(Transposed: false, Batch: 16, Inputs: 3, Outputs: 8, Side: 16, Stride: 2, Padding: 1),
        new(Transposed: false, Batch: 8, Inputs: 24, Outputs: 48, Side: 8, Stride: 2, Padding: 1),
        new(Transposed: false, Batch: 1, Inputs: 24, Outputs: 48, Side: 16, Stride: 2, Padding: 1),
        new(Transposed: false, Batch: 8, Inputs: 32, Outputs: 1, Side: 4, Stride: 1, Padding: 0),
        new(Transposed: false, Batch: 64, Inputs: 64, Outputs: 1, Side: 4, Stride: 1, Padding: 0),
    ];

    /// <summary>The worst of all shapes, forwards and backwards.</summary>
    public static ConvolutionFinding Look() => Look(Shapes);

    /// <summary>The worst of these shapes, forwards and backwards.</summary>
    public static ConvolutionFinding Look(IEnumerable<ConvolutionShape> shapes) => Worst(shapes.SelectMany(Compare));

    /// <summary>The worst of some; one that is not a number is worse than all others.</summary>
    public static ConvolutionFinding Worst(IEnumerable<ConvolutionFinding> findings) =>
        findings.MaxBy(f => double.IsNaN(f.Error) ? double.PositiveInfinity : f.Error)!;

    private static ConvolutionFinding[] Compare(ConvolutionShape shape)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator chance = new(1);
        Tensor x = randn([shape.Batch, shape.Inputs, shape.Side, shape.Side], generator: chance);
        Tensor weight = randn(shape.Transposed ? [shape.Inputs, shape.Outputs, Kernel, Kernel] : [shape.Outputs, shape.Inputs, Kernel, Kernel], generator: chance);
        string[] parts = ["", "the gradient by the input of ", "the gradient by the weights of "];
        return [.. Compute(shape, x, weight, ScalarType.Float32)
            .Zip(Compute(shape, x, weight, ScalarType.Float64), Difference)
            .Zip(parts, (error, part) => new ConvolutionFinding($"{part}{shape}", error))];
    }

    // Its output, its gradient by its input and that by its weights.
    private static Tensor[] Compute(ConvolutionShape shape, Tensor x, Tensor weight, ScalarType type)
    {
        Tensor input = x.to(type).detach().requires_grad_(), kernel = weight.to(type).detach().requires_grad_();
        long[] strides = [shape.Stride, shape.Stride], padding = [shape.Padding, shape.Padding];
        Tensor output = shape.Transposed
            ? nn.functional.conv_transpose2d(input, kernel, strides: strides, padding: padding)
            : nn.functional.conv2d(input, kernel, strides: strides, padding: padding);
        // All different, and the same in both types.
        Tensor above = arange(output.numel(), ScalarType.Float64).cos().reshape(output.shape).to(type);
        return [output.detach(), .. autograd.grad([output], [input, kernel], [above])];
    }

    private static double Difference(Tensor single, Tensor exact) => ((single.to(ScalarType.Float64) - exact).norm() / exact.norm()).ToDouble();
}
