using static TorchSharp.torch;

namespace CatGan.Training.Networks;

/// <summary>A convolution or transposed convolution of kernel 4 without bias; weights start as N(0, 0.02).</summary>
internal sealed class ConvolutionLayer(int inputs, int outputs, int stride, int padding, bool transposed) : ILayer
{
    private const int Kernel = 4;
    private readonly long[] _stride = [stride, stride];
    private readonly long[] _padding = [padding, padding];
    private Tensor? _weight;

    public IReadOnlyList<(string Name, long[] Shape)> Weights { get; } =
        [("weight", transposed ? [inputs, outputs, Kernel, Kernel] : [outputs, inputs, Kernel, Kernel])];

    public void Bind(IReadOnlyList<Tensor> weights, IReadOnlyList<Tensor> statistics) => _weight = weights[0];

    public void Initialize(Generator chance) => _weight!.copy_(randn(_weight.shape, generator: chance).mul_(0.02));

    public Tensor Forward(Tensor x, ForwardMode mode) => transposed
        ? nn.functional.conv_transpose2d(x, _weight!, strides: _stride, padding: _padding)
        : nn.functional.conv2d(x, _weight!, strides: _stride, padding: _padding);
}
