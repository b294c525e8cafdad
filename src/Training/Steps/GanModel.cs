using CatGan.Abstractions.Experiments;
using CatGan.Training.Networks;
using CatGan.Training.Optimizers;
using CatGan.Training.Variants;
using TorchSharp;

namespace CatGan.Training.Steps;

/// <summary>The tensors of one experiment: both networks with their optimizers, and the averaged generator.</summary>
internal sealed class GanModel : IDisposable
{
    public GanModel(ExperimentOptions options, torch.Device device)
    {
        Variant = VariantCatalogue.Create(options);
        Device = device;
        Generator = new Network(Variant.Generator(options), device, trainable: true);
        Discriminator = new Network(Variant.Discriminator(options), device, trainable: true);
        Averaged = new Network(Variant.Generator(options), device, trainable: false);
        GeneratorOptimizer = Variant.Optimizer(Generator);
        DiscriminatorOptimizer = Variant.Optimizer(Discriminator);
    }

    public GanVariant Variant { get; }

    public torch.Device Device { get; }

    public Network Generator { get; }

    public Network Discriminator { get; }

    /// <summary>Moving average of the generator's weights; what samples, scores and exports show.</summary>
    public Network Averaged { get; }

    public IOptimizer GeneratorOptimizer { get; }

    public IOptimizer DiscriminatorOptimizer { get; }

    /// <summary>Fresh weights, the generator's first.</summary>
    public void Initialize(torch.Generator chance)
    {
        Generator.Initialize(chance);
        Discriminator.Initialize(chance);
        Averaged.CopyFrom(Generator);
    }

    /// <summary>True when every weight and statistic of both networks is finite.</summary>
    public bool IsFinite() => Generator.IsFinite() && Discriminator.IsFinite() && Averaged.IsFinite();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable part in (ReadOnlySpan<IDisposable>)[Generator, Discriminator, Averaged, GeneratorOptimizer, DiscriminatorOptimizer])
            part.Dispose();
    }
}
