using System.Globalization;
using CatGan.Abstractions.Experiments;

namespace CatGan.Abstractions.Tests;

public sealed class ExperimentSettingsTests
{
    private static readonly Dictionary<string, string> Wgan = new() { ["preset"] = "wgan" };

    public static TheoryData<string> SettingNames => [.. ExperimentSettings.All.Select(s => s.Name)];

    [Fact]
    public void Create_PresetAlone_IsThePreset()
    {
        foreach (ExperimentOptions preset in Presets.All)
        {
            ExperimentOptions? made = ExperimentSettings.Create(new Dictionary<string, string> { ["preset"] = preset.Preset }, out var faults);
            Assert.Empty(faults);
            Assert.Equal(preset, made);
        }
    }

    /// <summary>The table of the 2017 comparison, written out a second time by hand.</summary>
    [Theory]
    [InlineData("dcgan", 64, 128, 128, OptimizerKind.Adam, 5e-5, 2e-4, 1, false)]
    [InlineData("dcgan-selu", 128, 64, 64, OptimizerKind.Adam, 5e-5, 2e-4, 1, true)]
    [InlineData("lsgan", 64, 128, 128, OptimizerKind.Adam, 1e-4, 1e-4, 1, false)]
    [InlineData("wgan", 64, 64, 64, OptimizerKind.RmsProp, 5e-5, 5e-5, 5, false)]
    [InlineData("wgan-gp", 64, 128, 128, OptimizerKind.Adam, 1e-4, 1e-4, 5, false)]
    public void Presets_AreThoseOfTheComparison(
        string name, int size, int hiddenG, int hiddenD, OptimizerKind optimizer, double lrD, double lrG, int nCritic, bool selu)
    {
        ExperimentOptions preset = Presets.Find(name)!;
        Assert.Equal(
            (size, hiddenG, hiddenD, optimizer, lrD, lrG, nCritic, selu),
            (preset.Size, preset.HiddenG, preset.HiddenD, preset.Optimizer, preset.LrD, preset.LrG, preset.NCritic, preset.Selu));
        Assert.Equal(name == "wgan-gp" ? (0, 0.9) : (0.5, 0.999), (preset.Beta1, preset.Beta2));
        Assert.Equal(name == "wgan" ? 25 : 0, preset.Warmup);
    }

    /// <summary>Writing what was read gives the same options: each setting reads and writes the same property.</summary>
    [Theory]
    [MemberData(nameof(SettingNames))]
    public void Create_EverySettingSet_ReadsBackWhatWasWritten(string name)
    {
        Setting setting = ExperimentSettings.Find(name)!;
        foreach (string value in Samples(setting))
        {
            ExperimentOptions? made = ExperimentSettings.Create(new Dictionary<string, string>(Wgan) { [name] = value }, out var faults);
            Assert.Empty(faults);
            Assert.Equal(value, setting.ValueIn(made!));
        }
    }

    [Fact]
    public void Create_HiddenAndOneOfTheTwo_TheNarrowerNameWins()
    {
        ExperimentOptions made = ExperimentSettings.Create(
            new Dictionary<string, string>(Wgan) { ["hidden_d"] = "8", ["hidden"] = "16", ["lr"] = "0.001", ["lr_g"] = "0.002" }, out _)!;
        Assert.Equal((16, 8), (made.HiddenG, made.HiddenD));
        Assert.Equal((0.002, 0.001), (made.LrG, made.LrD));
    }

    [Theory]
    [InlineData("lr_d", "0", "lr_d is 0, but must be a number above 0 and up to 1")]
    [InlineData("lr_d", "NaN", "lr_d is NaN, but must be")]
    [InlineData("lr_d", "∞", "lr_d is ∞, but must be")]
    [InlineData("size", "48", "size is 48, but must be one of 16, 32, 64, 128, 256")]
    [InlineData("batch", "1", "batch is 1, but must be a whole number from 2 to 4096")]
    [InlineData("batch", "2.5", "batch is 2.5, but must be a whole number")]
    [InlineData("optimizer", "sgd", "optimizer is sgd, but must be one of adam, rmsprop")]
    [InlineData("selu", "yes", "selu is yes, but must be true or false")]
    [InlineData("learning_rate", "1", "learning_rate is not a setting, but must be one of preset")]
    public void Create_BadValue_NamesSettingValueAndBound(string name, string value, string message)
    {
        Assert.Null(ExperimentSettings.Create(new Dictionary<string, string>(Wgan) { [name] = value }, out var faults));
        Assert.StartsWith(message, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_SeveralFaults_TellsAllAtOnce()
    {
        Assert.Null(ExperimentSettings.Create(new Dictionary<string, string> { ["batch"] = "0", ["z"] = "no" }, out var faults));
        Assert.Equal(3, faults.Count);
        Assert.Contains(faults, f => f.StartsWith("preset is missing", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Samples(Setting setting) => setting switch
    {
        { Kind: SettingKind.Flag } => ["true", "false"],
        { Name: "preset" } => ["wgan"],
        { Choices.IsEmpty: false } => setting.Choices,
        { Kind: SettingKind.Whole } => [Text(setting.Min), Text(setting.Max)],
        _ => [Text(setting.MinExcluded ? setting.Max / 3 : setting.Min), Text(setting.Max)],
    };

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
