using CatGan.Abstractions.Experiments;
using CatGan.Training.Networks;
using CatGan.Training.Variants;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Evaluation;

/// <summary>
/// Makes pictures with a copy of the averaged generator. Averaged weights have no batch-norm statistics of their own:
/// they are estimated anew from fixed z. Draws from generators of its own, so that training is never touched.
/// </summary>
internal sealed class AveragedPictures : IDisposable
{
    private const int BatchSize = 64;
    private const int StatisticBatches = 2; // twice what training normalises by; a quick score costs 256 pictures, this 128 more
    private readonly ExperimentOptions _options;
    private readonly Device _device;
    private readonly long _seed;

    public AveragedPictures(ExperimentOptions options, Device device, long seed)
    {
        (_options, _device, _seed) = (options, device, seed);
        Copy = new Network(VariantCatalogue.Create(options).Generator(options), device, trainable: false);
    }

    /// <summary>The copy, with statistics that fit its weights after <see cref="Take"/>.</summary>
    public Network Copy { get; }

    /// <summary>Copies the averaged generator as it is now.</summary>
    public void Take(Network averaged)
    {
        Copy.CopyFrom(averaged);
        if (Copy.StatisticViews.Count == 0)
            return;
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using Generator chance = new((ulong)Seeds.Of(_seed, SeedPurpose.Statistics));
        for (int i = 0; i < StatisticBatches; i++) // a running mean of the batches' statistics
            Copy.Forward(Z(BatchSize, chance), new ForwardMode(Training: true, 1.0 / (i + 1))).Dispose();
        Copy.BatchesTracked = averaged.BatchesTracked;
    }

    /// <summary>Fresh z, [count, Z, 1, 1], on the device.</summary>
    public Tensor Z(int count, Generator chance) => randn(count, _options.Z, 1, 1, generator: chance).to(_device);

    /// <summary>Pictures of z: float32 [N, 3, S, S] in [-1, 1] on the CPU, in the caller's dispose scope.</summary>
    public Tensor Generate(Tensor z)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor pictures = cat([.. z.split(BatchSize).Select(part => Copy.Forward(part, ForwardMode.Generate))]);
        return scope.MoveToOuter(pictures.cpu());
    }

    /// <inheritdoc/>
    public void Dispose() => Copy.Dispose();
}
