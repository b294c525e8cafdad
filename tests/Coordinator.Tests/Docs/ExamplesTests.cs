using CatGan.Coordinator.Spec;
using CatGan.Search;

namespace CatGan.Coordinator.Tests.Docs;

public class ExamplesTests
{
    public static TheoryData<string> Examples => [.. Directory.GetFiles(Path.Combine(Repository.Root, "examples"), "*.yaml").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_Check_HasNoFaults(string file)
    {
        SpecReading reading = SpecReader.Read(Repository.Text($"examples/{file}"));
        Assert.Empty(reading.Faults);
        Assert.NotEmpty(SweepPreview.Of(reading.Definition!).Lines(40));
    }

    [Fact]
    public void FourGans_Preview_IsTwelveExperimentsOfFourVariants()
    {
        SweepDefinition sweep = SpecReader.Read(Repository.Text("examples/four-gans.yaml")).Definition!;
        Assert.Equal(12, sweep.TotalExperiments);
        Assert.Equal(4, sweep.Preview().Select(c => c["preset"]).Distinct().Count());
        Assert.All(sweep.Preview(), c => Assert.Equal("32", c["size"]));
    }

    [Fact]
    public void Cats64_Preview_HasEightExperimentsAndEnoughUpdatesOfCritics()
    {
        SweepDefinition sweep = SpecReader.Read(Repository.Text("examples/cats64.yaml")).Definition!;
        Assert.True(sweep.TotalExperiments >= 8);
        Assert.All(
            sweep.Preview().Select(c => Abstractions.Experiments.ExperimentSettings.Create(c, out _)!).Where(o => o.Preset is "wgan" or "wgan-gp"),
            o => Assert.True(SweepPreview.Updates(o, sweep.BudgetImages) >= 2000));
    }

    [Fact]
    public void Dcgan64Rates_Preview_HasTheAuthorsAndThePressReportsRateOfD()
    {
        string[] rates = [.. SpecReader.Read(Repository.Text("examples/dcgan64-rates.yaml")).Definition!.Preview().Select(c => c["lr_d"])];
        Assert.Contains("5e-5", rates);
        Assert.Contains("5e-4", rates);
    }
}
