using CatGan.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Optimizers;

/// <summary>Adam (Kingma and Ba 2014), in the order of operations of PyTorch's, over one flat tensor.</summary>
internal sealed class AdamOptimizer : IOptimizer
{
    private const double Epsilon = 1e-8;
    private readonly Network _network;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly FlatScalars _scalars;
    private readonly Tensor _mean;
    private readonly Tensor _square;
    private readonly Tensor _scratch;

    public AdamOptimizer(Network network, double beta1, double beta2, double weightDecay)
    {
        (_network, _beta1, _beta2) = (network, beta1, beta2);
        _scalars = new FlatScalars(beta1, beta2, Epsilon, weightDecay);
        using DisposeScope scope = NewDisposeScope();
        _mean = scope.Detach(zeros_like(network.Weights));
        _square = scope.Detach(zeros_like(network.Weights));
        _scratch = scope.Detach(zeros_like(network.Weights));
    }

    public IReadOnlyList<(string Name, Tensor Tensor)> State => [("exp_avg", _mean), ("exp_avg_sq", _square)];

    public long Steps { get; set; }

    public void Step(double rate)
    {
        Steps++;
        Tensor gradient = _network.Gradients!;
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _scalars.AddDecay(gradient, _network.Weights);
        _mean.mul_(_scalars.First).add_(gradient, _scalars.FirstRest);
        _square.mul_(_scalars.Second).addcmul_(gradient, gradient, _scalars.SecondRest);
        using Scalar correction = Math.Sqrt(1 - Math.Pow(_beta2, Steps));
        using Scalar size = -rate / (1 - Math.Pow(_beta1, Steps));
        _scratch.copy_(_square).sqrt_().div_(correction).add_(_scalars.Epsilon);
        _network.Weights.addcdiv_(_mean, _scratch, size);
    }

    public void Dispose()
    {
        _mean.Dispose();
        _square.Dispose();
        _scratch.Dispose();
        _scalars.Dispose();
    }
}
