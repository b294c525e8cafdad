using static TorchSharp.torch;

namespace CatGan.Training.Networks;

/// <summary>Batch normalisation (Ioffe and Szegedy 2015), eps 1e-5; weights start as N(1, 0.02), biases at 0.</summary>
internal sealed class BatchNormLayer(int channels) : ILayer
{
    private const double Epsilon = 1e-5;
    private Tensor? _weight;
    private Tensor? _bias;
    private Tensor? _mean;
    private Tensor? _variance;

    public IReadOnlyList<(string Name, long[] Shape)> Weights { get; } = [("weight", [channels]), ("bias", [channels])];

    public IReadOnlyList<(string Name, long[] Shape)> Statistics { get; } = [("running_mean", [channels]), ("running_var", [channels])];

    public void Bind(IReadOnlyList<Tensor> weights, IReadOnlyList<Tensor> statistics) =>
        (_weight, _bias, _mean, _variance) = (weights[0], weights[1], statistics[0], statistics[1]);

    public void Initialize(Generator chance)
    {
        _weight!.copy_(randn(_weight.shape, generator: chance).mul_(0.02).add_(1));
        _bias!.zero_();
        _mean!.zero_();
        _variance!.fill_(1);
    }

    public Tensor Forward(Tensor x, ForwardMode mode) =>
        nn.functional.batch_norm(x, _mean!, _variance!, _weight, _bias, mode.Training, mode.Momentum, Epsilon);
}
