using System.Globalization;

namespace CatGan.Abstractions.Experiments;

/// <summary>
/// The catalogue of settings: the one place that knows each setting's name in a spec, its range and its meaning.
/// Values travel as text in the invariant culture, as a spec writes them.
/// </summary>
public static class ExperimentSettings
{
    /// <summary>Name of the setting that chooses the preset.</summary>
    public const string Preset = "preset";

    /// <summary>Setting a width here sets it for both networks (<c>hidden_g</c>, <c>hidden_d</c>).</summary>
    public const string HiddenBoth = "hidden";

    /// <summary>Setting a rate here sets it for both networks (<c>lr_g</c>, <c>lr_d</c>).</summary>
    public const string LrBoth = "lr";

    /// <summary>Every setting, in the order of the docs. <c>preset</c>, <c>hidden</c> and <c>lr</c> are read first.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new(Preset, SettingKind.Word, "Configuration of the 2017 comparison that the other settings start from.")
        {
            Choices = [.. Presets.All.Select(p => p.Preset)], Read = o => o.Preset, Write = (o, _) => o,
        },
        Whole(HiddenBoth, "Sets hidden_g and hidden_d.", 1, 1024, o => o.HiddenG, (o, v) => o with { HiddenG = v, HiddenD = v }),
        Real(LrBoth, "Sets lr_d and lr_g.", 0, 1, o => o.LrG, (o, v) => o with { LrD = v, LrG = v }) with { MinExcluded = true },
        Flag("selu", "SELU in place of batch-norm and activation in both networks.", o => o.Selu, (o, v) => o with { Selu = v }),
        Whole("size", "Side of the pictures in pixels.", 16, 256, o => o.Size, (o, v) => o with { Size = v })
            with { Choices = ["16", "32", "64", "128", "256"] },
        Whole("z", "Length of the generator's input vector.", 1, 4096, o => o.Z, (o, v) => o with { Z = v }),
        Whole("hidden_g", "Feature maps of the generator's last hidden layer; doubled a layer before.", 1, 1024, o => o.HiddenG, (o, v) => o with { HiddenG = v }),
        Whole("hidden_d", "Feature maps of the discriminator's first layer; doubled a layer after.", 1, 1024, o => o.HiddenD, (o, v) => o with { HiddenD = v }),
        Whole("batch", "Pictures a batch.", 2, 4096, o => o.Batch, (o, v) => o with { Batch = v }),
        Word("optimizer", "Optimizer of both networks.", ["adam", "rmsprop"],
            o => o.Optimizer == OptimizerKind.Adam ? "adam" : "rmsprop",
            (o, v) => o with { Optimizer = v == "adam" ? OptimizerKind.Adam : OptimizerKind.RmsProp }),
        Real("lr_d", "Learning rate of the discriminator or critic.", 0, 1, o => o.LrD, (o, v) => o with { LrD = v }) with { MinExcluded = true },
        Real("lr_g", "Learning rate of the generator.", 0, 1, o => o.LrG, (o, v) => o with { LrG = v }) with { MinExcluded = true },
        Real("beta1", "Adam's first-moment decay.", 0, 0.9999, o => o.Beta1, (o, v) => o with { Beta1 = v }),
        Real("beta2", "Adam's second-moment decay.", 0, 0.99999, o => o.Beta2, (o, v) => o with { Beta2 = v }),
        Real("alpha", "RMSprop's decay.", 0, 0.99999, o => o.Alpha, (o, v) => o with { Alpha = v }),
        Real("weight_decay", "L2 penalty on the weights of both networks.", 0, 1, o => o.WeightDecay, (o, v) => o with { WeightDecay = v }),
        Word("lr_schedule", "How both learning rates change over the budget.", ["constant", "linear", "cosine"],
            o => o.LrSchedule.ToString().ToLowerInvariant(),
            (o, v) => o with { LrSchedule = Enum.Parse<LearningRateSchedule>(v, ignoreCase: true) }),
        Whole("n_critic", "Discriminator updates for each generator update.", 1, 1000, o => o.NCritic, (o, v) => o with { NCritic = v }),
        Whole("warmup", "Generator updates at the start that train the critic 100 times, as every 500th does; 0 for neither.", 0, 10_000,
            o => o.Warmup, (o, v) => o with { Warmup = v }) with { AppliesTo = [Variant.Wgan, Variant.WganGp] },
        Real("clip", "Bound that every critic parameter is clamped to.", 0, 10, o => o.Clip, (o, v) => o with { Clip = v })
            with { MinExcluded = true, AppliesTo = [Variant.Wgan] },
        Real("penalty", "Weight of the gradient penalty.", 0, 1e6, o => o.Penalty, (o, v) => o with { Penalty = v })
            with { AppliesTo = [Variant.WganGp] },
        Real("label_fake", "LSGAN's a, the discriminator's target for fakes.", -10, 10, o => o.LabelFake, (o, v) => o with { LabelFake = v })
            with { AppliesTo = [Variant.Lsgan] },
        Real("label_real", "LSGAN's b, the discriminator's target for reals.", -10, 10, o => o.LabelReal, (o, v) => o with { LabelReal = v })
            with { AppliesTo = [Variant.Lsgan] },
        Real("label_wanted", "LSGAN's c, the generator's target for fakes.", -10, 10, o => o.LabelWanted, (o, v) => o with { LabelWanted = v })
            with { AppliesTo = [Variant.Lsgan] },
        Flag("flip", "Mirror each real picture with probability one half.", o => o.Flip, (o, v) => o with { Flip = v }),
        Real("ema_half_life", "Images in which an old generator's weight in the averaged one halves; 0 for no averaging.", 0, 1e9,
            o => o.EmaHalfLife, (o, v) => o with { EmaHalfLife = v }),
        Real("ema_rampup", "Largest half-life as a fraction of the images seen.", 0, 1e6, o => o.EmaRampup, (o, v) => o with { EmaRampup = v })
            with { MinExcluded = true },
    ];

    /// <summary>The setting of this name; null when there is none.</summary>
    public static Setting? Find(string name) => All.FirstOrDefault(s => s.Name == name);

    /// <summary>
    /// Options from settings as text: the preset, then <c>hidden</c> and <c>lr</c>, then the rest.
    /// </summary>
    /// <param name="settings">Values by name; <c>preset</c> must be there.</param>
    /// <param name="faults">What is wrong, one sentence each; empty when nothing is.</param>
    /// <returns>The options, or null when there are faults.</returns>
    public static ExperimentOptions? Create(IReadOnlyDictionary<string, string> settings, out IReadOnlyList<string> faults)
    {
        List<string> found = [.. settings.Select(s => Fault(s.Key, s.Value)).OfType<string>()];
        if (!settings.TryGetValue(Preset, out string? preset))
            found.Add($"preset is missing, but must be {Find(Preset)!.Bound}");
        faults = found;
        if (found.Count > 0 || Presets.Find(preset!) is not { } options)
            return null;
        return All.Where(s => settings.ContainsKey(s.Name)).Aggregate(options, (o, s) => s.Write(o, settings[s.Name]));
    }

    private static string? Fault(string name, string value) =>
        Find(name) is { } setting ? setting.Check(value) : $"{name} is not a setting, but must be one of {string.Join(", ", All.Select(s => s.Name))}";

    private static Setting Whole(
        string name, string meaning, int min, int max, Func<ExperimentOptions, int> read, Func<ExperimentOptions, int, ExperimentOptions> write) =>
        new(name, SettingKind.Whole, meaning)
        {
            Min = min,
            Max = max,
            Read = o => read(o).ToString(CultureInfo.InvariantCulture),
            Write = (o, v) => write(o, int.Parse(v, CultureInfo.InvariantCulture)),
        };

    private static Setting Real(
        string name, string meaning, double min, double max, Func<ExperimentOptions, double> read, Func<ExperimentOptions, double, ExperimentOptions> write) =>
        new(name, SettingKind.Real, meaning)
        {
            Min = min,
            Max = max,
            Read = o => read(o).ToString("R", CultureInfo.InvariantCulture),
            Write = (o, v) => write(o, double.Parse(v, CultureInfo.InvariantCulture)),
        };

    private static Setting Flag(
        string name, string meaning, Func<ExperimentOptions, bool> read, Func<ExperimentOptions, bool, ExperimentOptions> write) =>
        new(name, SettingKind.Flag, meaning) { Read = o => read(o) ? "true" : "false", Write = (o, v) => write(o, v == "true") };

    private static Setting Word(
        string name, string meaning, string[] choices, Func<ExperimentOptions, string> read, Func<ExperimentOptions, string, ExperimentOptions> write) =>
        new(name, SettingKind.Word, meaning) { Choices = [.. choices], Read = read, Write = write };
}
