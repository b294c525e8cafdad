using CatGan.Abstractions.Experiments;
using CatGan.Training.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CatGan.Bench;

/// <summary>
/// The training step as one writes it with TorchSharp's own modules and optimizers and nothing else: pictures already
/// in memory as floats, no reports, no average. What the trainer is held against.
/// </summary>
internal sealed class BareLoop : IDisposable
{
    private readonly ExperimentOptions _options;
    private readonly Sequential _generator;
    private readonly Sequential _discriminator;
    private readonly optim.Optimizer _optimizerG;
    private readonly optim.Optimizer _optimizerD;
    private readonly Tensor _real;

    public BareLoop(ExperimentOptions options)
    {
        Convolutions.Ensure();
        _options = options;
        bool gp = options.Variant == Variant.WganGp;
        _generator = Generator(options);
        _discriminator = Discriminator(options, norm: !gp && !options.Selu);
        (_optimizerG, _optimizerD) = (Optimizer(_generator, options.LrG), Optimizer(_discriminator, options.LrD));
        _real = rand(options.Batch, 3, options.Size, options.Size).mul(2).sub(1);
    }

    /// <summary>One iteration: the discriminator's updates, then the generator's.</summary>
    public void Iterate()
    {
        using DisposeScope scope = NewDisposeScope();
        bool wasserstein = _options.Variant is Variant.Wgan or Variant.WganGp;
        Tensor? fakes = null;
        for (int i = 0; i < _options.NCritic; i++)
        {
            if (wasserstein)
            {
                using IDisposable noGradient = no_grad();
                fakes = _generator.forward(Z());
            }
            else
            {
                fakes = _generator.forward(Z());
            }
            UpdateDiscriminator(wasserstein ? fakes : fakes.detach());
        }
        UpdateGenerator(wasserstein ? _generator.forward(Z()) : fakes!);
    }

    public void Dispose()
    {
        foreach (IDisposable part in (IDisposable[])[_generator, _discriminator, _optimizerG, _optimizerD, _real])
            part.Dispose();
    }

    private void UpdateDiscriminator(Tensor fakes)
    {
        _optimizerD.zero_grad();
        Tensor real = _discriminator.forward(_real), fake = _discriminator.forward(fakes);
        Tensor loss = _options.Variant switch
        {
            Variant.Dcgan => nn.functional.binary_cross_entropy(real, ones_like(real)) + nn.functional.binary_cross_entropy(fake, zeros_like(fake)),
            Variant.Lsgan => (0.5 * (real - 1).square().mean()) + (0.5 * fake.square().mean()),
            _ => fake.mean() - real.mean(),
        };
        if (_options.Variant == Variant.WganGp)
            loss += Penalty(fakes);
        loss.backward();
        _optimizerD.step();
        if (_options.Variant == Variant.Wgan)
            Clip();
    }

    private Tensor Penalty(Tensor fakes)
    {
        Tensor u = rand(_options.Batch, 1, 1, 1);
        Tensor x = ((u * _real) + ((1 - u) * fakes)).requires_grad_(true);
        Tensor scores = _discriminator.forward(x);
        Tensor gradient = autograd.grad([scores], [x], [ones_like(scores)], retain_graph: true, create_graph: true)[0];
        return _options.Penalty * (gradient.flatten(1).norm(1) - 1).square().mean();
    }

    private void Clip()
    {
        using IDisposable noGradient = no_grad();
        foreach (Parameter parameter in _discriminator.parameters())
            parameter.clamp_(-_options.Clip, _options.Clip);
    }

    private void UpdateGenerator(Tensor fakes)
    {
        _optimizerG.zero_grad();
        Tensor scores = _discriminator.forward(fakes);
        Tensor loss = _options.Variant switch
        {
            Variant.Dcgan => nn.functional.binary_cross_entropy(scores, ones_like(scores)),
            Variant.Lsgan => 0.5 * (scores - 1).square().mean(),
            _ => -scores.mean(),
        };
        loss.backward();
        _optimizerG.step();
    }

    private Tensor Z() => randn(_options.Batch, _options.Z, 1, 1);

    private optim.Optimizer Optimizer(nn.Module network, double rate) => _options.Optimizer == OptimizerKind.Adam
        ? optim.Adam(network.parameters(), rate, _options.Beta1, _options.Beta2)
        : optim.RMSProp(network.parameters(), rate, _options.Alpha);

    private static Sequential Generator(ExperimentOptions o)
    {
        List<nn.Module<Tensor, Tensor>> layers = [];
        int width = o.HiddenG * (o.Size / 8);
        layers.Add(nn.ConvTranspose2d(o.Z, width, 4, bias: false));
        Between(layers, width, !o.Selu, o.Selu, leaky: false);
        for (; width > o.HiddenG; width /= 2)
        {
            layers.Add(nn.ConvTranspose2d(width, width / 2, 4, stride: 2, padding: 1, bias: false));
            Between(layers, width / 2, !o.Selu, o.Selu, leaky: false);
        }
        layers.Add(nn.ConvTranspose2d(width, 3, 4, stride: 2, padding: 1, bias: false));
        layers.Add(nn.Tanh());
        return nn.Sequential(layers);
    }

    private static Sequential Discriminator(ExperimentOptions o, bool norm)
    {
        List<nn.Module<Tensor, Tensor>> layers = [nn.Conv2d(3, o.HiddenD, 4, stride: 2, padding: 1, bias: false)];
        Between(layers, o.HiddenD, norm: false, o.Selu, leaky: true);
        int width = o.HiddenD;
        for (int side = o.Size / 2; side > 4; side /= 2, width *= 2)
        {
            layers.Add(nn.Conv2d(width, width * 2, 4, stride: 2, padding: 1, bias: false));
            Between(layers, width * 2, norm, o.Selu, leaky: true);
        }
        layers.Add(nn.Conv2d(width, 1, 4, bias: false));
        if (o.Variant == Variant.Dcgan)
            layers.Add(nn.Sigmoid());
        return nn.Sequential(layers);
    }

    private static void Between(List<nn.Module<Tensor, Tensor>> layers, int width, bool norm, bool selu, bool leaky)
    {
        if (norm)
            layers.Add(nn.BatchNorm2d(width));
        layers.Add(selu ? nn.SELU(inplace: true) : leaky ? nn.LeakyReLU(0.2, inplace: true) : nn.ReLU(inplace: true));
    }
}
