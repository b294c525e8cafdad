using CatGan.Abstractions.Experiments;
using CatGan.Training.Networks;
using CatGan.Training.Steps;
using CatGan.Training.Variants;
using TorchSharp;

namespace CatGan.Training.Tests.Networks;

public sealed class ArchitectureTests
{
    [Theory]
    [InlineData(16, 3)]
    [InlineData(32, 4)]
    [InlineData(64, 5)]
    [InlineData(128, 6)]
    [InlineData(256, 7)]
    public void Networks_EverySize_FitEachOther(int size, int convolutions)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        ExperimentOptions options = Presets.Find("dcgan")! with { Size = size, HiddenG = 2, HiddenD = 3, Z = 7 };
        using GanModel model = new(options, torch.CPU);
        using torch.Generator chance = new(1);
        model.Initialize(chance);

        torch.Tensor pictures = model.Generator.Forward(torch.randn(2, 7, 1, 1, generator: chance), ForwardMode.Train);
        torch.Tensor scores = model.Discriminator.Forward(pictures, ForwardMode.Train);

        Assert.Equal([2, 3, size, size], pictures.shape);
        Assert.Equal([2, 1, 1, 1], scores.shape);
        Assert.Equal(convolutions, model.Generator.WeightViews.Count(v => v.Shape.Length == 4));
        Assert.Equal(convolutions, model.Discriminator.WeightViews.Count(v => v.Shape.Length == 4));
        Assert.Equal([3, 3, 4, 4], model.Discriminator.WeightViews[0].Shape);
    }

    [Fact]
    public void Initialize_Weights_AreThoseOfThePaper()
    {
        using GanModel model = new(Presets.Find("dcgan")! with { HiddenG = 16, HiddenD = 16 }, torch.CPU);
        using torch.Generator chance = new(1);

        model.Initialize(chance);

        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor convolution = model.Generator.WeightViews[0].Tensor, norm = model.Generator.WeightViews[1].Tensor;
        Assert.Equal(0, convolution.mean().item<float>(), 3);
        Assert.Equal(0.02, convolution.std().item<float>(), 3);
        Assert.Equal(1, norm.mean().item<float>(), 2);
        Assert.InRange(norm.std().item<float>(), 0.01f, 0.03f);
        Assert.True(model.Generator.Weights.equal(model.Averaged.Weights).all().item<bool>());
    }

    [Theory]
    [InlineData("wgan-gp", false, 0)]
    [InlineData("wgan", false, 4)]
    [InlineData("wgan", true, 0)]
    [InlineData("dcgan-selu", true, 0)]
    public void Discriminator_Variant_HasItsNormalisation(string preset, bool selu, int statistics)
    {
        using GanModel model = new(Presets.Find(preset)! with { Size = 32, HiddenG = 2, HiddenD = 2, Selu = selu }, torch.CPU);

        Assert.Equal(statistics, model.Discriminator.StatisticViews.Count); // mean and variance of two layers, none in the first
    }

    [Fact]
    public void Catalogue_EveryPreset_HasItsFamily() =>
        Assert.All(Presets.All, p => Assert.NotNull(VariantCatalogue.Create(p).Loss));
}
