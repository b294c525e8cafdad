using CatGan.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Optimizers;

/// <summary>RMSprop (Hinton 2012), in the order of operations of PyTorch's, over one flat tensor.</summary>
internal sealed class RmsPropOptimizer : IOptimizer
{
    private const double Epsilon = 1e-8;
    private readonly Network _network;
    private readonly FlatScalars _scalars;
    private readonly Tensor _square;
    private readonly Tensor _scratch;

    public RmsPropOptimizer(Network network, double alpha, double weightDecay)
    {
        _network = network;
        _scalars = new FlatScalars(0, alpha, Epsilon, weightDecay);
        using DisposeScope scope = NewDisposeScope();
        _square = scope.Detach(zeros_like(network.Weights));
        _scratch = scope.Detach(zeros_like(network.Weights));
    }

    public IReadOnlyList<(string Name, Tensor Tensor)> State => [("square_avg", _square)];

    public long Steps { get; set; }

    public void Step(double rate)
    {
        Steps++;
        Tensor gradient = _network.Gradients!;
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _scalars.AddDecay(gradient, _network.Weights);
        _square.mul_(_scalars.Second).addcmul_(gradient, gradient, _scalars.SecondRest);
        using Scalar size = -rate;
        _scratch.copy_(_square).sqrt_().add_(_scalars.Epsilon);
        _network.Weights.addcdiv_(gradient, _scratch, size);
    }

    public void Dispose()
    {
        _square.Dispose();
        _scratch.Dispose();
        _scalars.Dispose();
    }
}
